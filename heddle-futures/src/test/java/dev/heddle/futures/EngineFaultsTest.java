package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Errors of an engine or a time source do not hang waits for its tasks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineFaultsTest {

  @Test
  void start_thatThrows_failsItsTaskAndLetsTheExecutorEnd() {
    Executor executor = ManualEngine.failingToStart(new IllegalStateException("engine fault"));
    assertThatThrownBy(() -> executor.submit(() -> 1)).hasMessage("engine fault");
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(executor.stats().failed()).isEqualTo(1);
  }

  @Test
  void stop_thatThrows_failsTheTaskThatTimedOutAllTheSame() {
    KeptTime clock = new KeptTime(new ArrayList<>());
    IllegalStateException fault = new IllegalStateException("engine fault");
    TaskOptions limited = TaskOptions.defaults().withTimeout(Duration.ofSeconds(1));
    Executor executor = ManualEngine.failingToStop(fault, PoolOptions.defaults().withTime(clock));
    Future<Integer> late = executor.submit(limited, () -> 1);
    clock.due().getFirst().run();
    assertThat(late.exception(Duration.ZERO)).isInstanceOf(TaskTimeoutException.class);
    Future<Integer> unwanted = executor.submit(limited, () -> 1);
    assertThat(unwanted.cancel(true)).isTrue();
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void timeSource_thatFails_failsItsTask() {
    IllegalStateException fault = new IllegalStateException("no thread for the timer");
    PoolOptions options = PoolOptions.defaults()
        .withTime(new FaultyTime(fault, false))
        .withTasks(TaskOptions.defaults().withTimeout(Duration.ofSeconds(1)));
    try (Executor pool = ThreadPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).exception()).isSameAs(fault);
      assertThat(pool.submit(TaskOptions.defaults(), () -> 2).result()).isEqualTo(2);
      Retry retry = Retry.times(3).withDelay(Duration.ZERO);
      TaskOptions again = TaskOptions.defaults().withTimeout(Duration.ofSeconds(1)).withRetry(retry);
      assertThat(pool.submit(again, () -> 1).exception()).isSameAs(fault);
      assertThat(pool.stats().retried()).isEqualTo(2);
    }
    try (Executor pool = ThreadPool.virtual(options)) {
      assertThat(pool.submit(() -> 1).exception()).isSameAs(fault);
    }
  }

  @Test
  void timeSource_thatCannotForget_letsTasksEnd() {
    IllegalStateException fault = new IllegalStateException("cannot forget");
    PoolOptions options = PoolOptions.defaults()
        .withTime(new FaultyTime(fault, true))
        .withTasks(TaskOptions.defaults().withTimeout(Duration.ofSeconds(1)));
    try (Executor pool = ThreadPool.of(1, options)) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
      TaskOptions paused = TaskOptions.defaults().withRetry(Retry.times(2));
      Future<Integer> pausing = pool.submit(paused, () -> { throw new IllegalStateException("again"); });
      while (pool.stats().retried() == 0) {
        Thread.onSpinWait();
      }
      assertThat(pausing.cancel(true)).isTrue();
    }
  }

  /** Time that never passes: what is scheduled is run by the test. */
  private record KeptTime(List<Runnable> due) implements TimeSource {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
      due.add(action);
      return () -> due.remove(action);
    }
  }

  /** A time source of the user's whose methods throw. */
  private record FaultyTime(RuntimeException fault, boolean schedules) implements TimeSource {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
      if (!schedules) {
        throw fault;
      }
      return () -> {
        throw fault;
      };
    }
  }
}
