package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Span.Ending;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of the record of what threads ran. */
public interface LocalTimelineContract extends ExecutorContract {

  private static List<Ending> endings(TimelineRecorder recorder, String task) {
    return recorder.timeline().spans().stream().filter(each -> each.name().equals(task)).map(Span::ending).toList();
  }

  @Test
  default void timeline_ofTasks_hasASpanForEachAttempt_beforeTheFutureIsDone() {
    TimelineRecorder recorder = new TimelineRecorder();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTimeline(recorder))) {
      pool.submit(TaskOptions.named("load"), () -> 1).result();
      assertThat(endings(recorder, "load")).containsExactly(Ending.COMPLETED);
      AtomicInteger attempts = new AtomicInteger();
      Retry retry = Retry.times(3).withDelay(Duration.ZERO);
      pool.submit(TaskOptions.named("again").withRetry(retry), () -> failingOnce(attempts)).result();
      assertThat(endings(recorder, "again")).containsExactly(Ending.RETRIED, Ending.COMPLETED);
      pool.submit(TaskOptions.named("fail"), () -> failingOnce(new AtomicInteger())).exception();
      assertThat(endings(recorder, "fail")).containsExactly(Ending.FAILED);
    }
    List<Span> spans = recorder.timeline().spans();
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).as("one after the other").isGreaterThanOrEqualTo(spans.get(i - 1).end());
    }
  }

  @Test
  default void timeline_whileATaskRuns_showsItRunning_andItsCancellation() throws Exception {
    TimelineRecorder recorder = new TimelineRecorder();
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withTimeline(recorder)); Gate never = newGate()) {
      Tally begun = newTally();
      Future<Integer> task = pool.submit(TaskOptions.named("wait"), () -> hitAndWait(begun, never));
      begun.await(1);
      assertThat(endings(recorder, "wait")).containsExactly(Ending.RUNNING);
      task.cancel(true);
      Eventually.holds("its span has ended", () -> !endings(recorder, "wait").contains(Ending.RUNNING));
      assertThat(endings(recorder, "wait")).containsExactly(Ending.CANCELLED);
    }
  }

  @Test
  default void timeline_ofATaskThatOutlivesItsTimeout_lastsAsLongAsItsBody() throws Exception {
    TimelineRecorder recorder = new TimelineRecorder();
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withTimeline(recorder).withTime(clock));
        Gate gate = newGate()) {
      Tally begun = newTally();
      Future<Integer> task = pool.submit(TaskOptions.named("deaf").withTimeout(Duration.ofSeconds(1)), () -> {
        begun.hit();
        for (boolean open = false; !open;) {
          try {
            gate.await();
            open = true;
          } catch (InterruptedException e) {
            // deaf
          }
        }
        return 1;
      });
      begun.await(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
      assertThat(endings(recorder, "deaf")).containsExactly(Ending.RUNNING);
      gate.open();
      Eventually.holds("its span has ended", () -> !endings(recorder, "deaf").contains(Ending.RUNNING));
      assertThat(endings(recorder, "deaf")).containsExactly(Ending.FAILED);
    }
  }

  private static int failingOnce(AtomicInteger attempts) throws IOException {
    if (attempts.incrementAndGet() == 1) {
      throw new IOException("on purpose");
    }
    return attempts.get();
  }

  private static int hitAndWait(Tally begun, Gate gate) throws InterruptedException {
    begun.hit();
    gate.await();
    return 0;
  }
}
