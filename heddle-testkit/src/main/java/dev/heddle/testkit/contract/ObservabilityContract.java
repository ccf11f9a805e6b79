package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

/** The contract of {@code stats()}, the task listener and the Flight Recorder events. */
public interface ObservabilityContract extends ExecutorContract {

  @Test
  default void stats_countWhatHappened() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate(); Gate never = newGate()) {
      ExecutorStats before = pool.stats();
      assertThat(before).isEqualTo(new ExecutorStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      Future<String> running = submitBlocked(pool, release);
      Future<String> cancelled = submitBlocked(pool, never);
      assertThat(pool.stats().running()).isEqualTo(2);
      assertThat(pool.stats().workers()).isEqualTo(2);
      cancelled.cancel(true);
      pool.submit(() -> 1).result();
      pool.submit(() -> { throw new IOException("bad"); }).exception();
      release.open();
      running.result();
      pool.shutdown(true, false);
      ExecutorStats after = pool.stats();
      assertThat(after).isEqualTo(new ExecutorStats(4, 2, 1, 1, 0, 0, 0, 0, 0, 0));
      assertThat(after.done()).isEqualTo(4);
    }
  }

  @Test
  default void listener_isToldInOrder() {
    Recorder heard = new Recorder();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withListener(heard))) {
      pool.submit(TaskOptions.named("good"), () -> 1).result();
      pool.submit(TaskOptions.named("bad"), () -> { throw new IOException("bad"); }).exception();
      Tally attempts = newTally();
      pool.submit(
          TaskOptions.named("again").withRetry(Retry.times(2).withDelay(Duration.ZERO)),
          () -> {
            if (attempts.hit() == 1) {
              throw new IOException("first");
            }
            return 1;
          })
          .result();
    }
    assertThat(heard.all)
        .containsExactly(
            "submitted good", "started good", "finished good FINISHED",
            "submitted bad", "started bad", "finished bad FINISHED",
            "submitted again", "started again", "retrying again first", "started again", "finished again FINISHED");
  }

  @Test
  default void listener_ofACancelledTask_isToldOnce() throws Exception {
    Recorder heard = new Recorder();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withListener(heard)); Gate never = newGate()) {
      Future<String> future = submitBlocked(pool, never);
      future.cancel(true);
      assertThat(heard.all).last().isEqualTo("finished " + future.name() + " CANCELLED");
      pool.submit(() -> 1).result();
    }
    assertThat(heard.all.stream().filter(each -> each.endsWith("CANCELLED"))).hasSize(1);
  }

  @Test
  default void listener_isToldOfTheEndBeforeTheCallbacks() throws Exception {
    Recorder heard = new Recorder();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withListener(heard)); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally told = Tally.local();
      future.addDoneCallback(
          _ -> {
            heard.all.add("callback");
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(heard.all).endsWith("finished " + future.name() + " FINISHED", "callback");
    }
  }

  @Test
  default void listener_thatThrows_harmsNoTask() {
    TaskListener throwing = new TaskListener() {
      @Override
      public void submitted(Future<?> task) {
        throw new IllegalStateException("thrown by a listener on purpose");
      }

      @Override
      public void started(Future<?> task) {
        throw new AssertionError("thrown by a listener on purpose");
      }

      @Override
      public void finished(Future<?> task) {
        throw new IllegalStateException("thrown by a listener on purpose");
      }
    };
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withListener(throwing))) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      assertThat(pool.submit(() -> { throw new IOException("bad"); }).exception()).isInstanceOf(IOException.class);
    }
  }

  @Test
  default void flightRecorder_hasAnEventForEachAttempt() throws Exception {
    Queue<RecordedEvent> events = new ConcurrentLinkedQueue<>();
    String name;
    try (RecordingStream stream = new RecordingStream()) {
      stream.enable("dev.heddle.Task");
      stream.setReuse(false);
      stream.onEvent("dev.heddle.Task", events::add);
      stream.startAsync();
      try (Executor pool = newExecutor(1); Gate never = newGate()) {
        name = pool.name();
        pool.submit(TaskOptions.named("good"), () -> 1).result();
        pool.submit(TaskOptions.named("bad"), () -> { throw new IOException("oh"); }).exception();
        Tally attempts = newTally();
        TaskOptions again = TaskOptions.named("again").withRetry(Retry.times(2).withDelay(Duration.ZERO));
        pool.submit(again, () -> failFirst(attempts)).result();
        submitBlocked(pool, never).cancel(true);
      }
      stream.stop(); // waits until what was recorded has been handed out
    }
    String executor = name;
    List<RecordedEvent> ours = events.stream().filter(each -> executor.equals(each.getString("executor"))).toList();
    assertThat(ours.stream().map(ObservabilityContract::summary))
        .containsExactly("good 1 success", "bad 1 failure", "again 1 failure", "again 2 success", "cancelled 1 cancelled");
    assertThat(ours.get(1).getString("error")).contains("oh");
    assertThat(ours).allMatch(each -> !each.getDuration().isNegative());
  }

  @Test
  default void flightRecorder_failureThatCannotBePrinted_stillEndsItsTask() throws Exception {
    try (RecordingStream stream = new RecordingStream()) {
      stream.enable("dev.heddle.Task");
      stream.startAsync();
      try (Executor pool = newExecutor(1); Cleanup _ = pool::shutdownNow) {
        Future<?> future = pool.submit(() -> { throw new Unprintable(); });
        Eventually.holds("it is done", future::isDone);
        assertThat(future.exception()).isInstanceOf(Unprintable.class);
        assertThatThrownBy(future::result).isInstanceOf(TaskFailedException.class);
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
      }
    }
  }

  /** An exception whose {@code toString} throws. */
  final class Unprintable extends RuntimeException {
    private Unprintable() {}

    @Override
    public String getMessage() {
      throw new IllegalStateException("has no message, on purpose");
    }
  }

  private static String summary(RecordedEvent event) {
    String task = event.getString("task");
    String outcome = event.getString("outcome");
    return (task.contains("-task-") ? "cancelled" : task) + " " + event.getInt("attempt") + " " + outcome;
  }

  private static int failFirst(Tally attempts) throws IOException {
    int number = attempts.hit();
    if (number == 1) {
      throw new IOException("first");
    }
    return number;
  }

  /** A listener that records its calls. */
  final class Recorder implements TaskListener {
    private final Queue<String> all = new ConcurrentLinkedQueue<>();

    private Recorder() {}

    @Override
    public void submitted(Future<?> task) {
      all.add("submitted " + task.name());
    }

    @Override
    public void started(Future<?> task) {
      all.add("started " + task.name());
    }

    @Override
    public void retrying(Future<?> task, Throwable failure) {
      all.add("retrying " + task.name() + " " + failure.getMessage());
    }

    @Override
    public void finished(Future<?> task) {
      all.add("finished " + task.name() + " " + task.status());
    }
  }
}
