package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract of the time-outs of tasks, with a virtual clock. */
public interface TimeoutContract extends ExecutorContract {

  @Test
  default void timeout_over_stopsTheTaskAndFreesItsWorker() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock));
        Cleanup _ = pool::shutdownNow;
        Gate never = newGate()) {
      Tally begun = newTally();
      Future<Integer> future = pool.submit(TaskOptions.named("slow").withTimeout(Duration.ofSeconds(5)),
          () -> hitAndWait(begun, never));
      begun.await(1);
      clock.advance(Duration.ofSeconds(5).minusNanos(1));
      assertThat(future.isRunning()).as("a nanosecond before").isTrue();
      clock.advance(Duration.ofNanos(1));
      assertThat(future.isDone()).isTrue();
      assertThatThrownBy(future::result)
          .isInstanceOf(TaskFailedException.class)
          .cause()
          .isInstanceOf(TaskTimeoutException.class)
          .hasMessageContaining("slow")
          .hasMessageContaining("5 s; allow it more with TaskOptions.timeout, or split the task");
      assertThat(future.isCancelled()).isFalse();
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      assertThat(pool.stats().failed()).isEqualTo(1);
    }
  }

  @Test
  default void timeout_ofATaskThatEndsInTime_isForgotten() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Future<String> future = pool.submit(TaskOptions.defaults().withTimeout(Duration.ofSeconds(5)), () -> "in time");
      assertThat(future.result()).isEqualTo("in time");
      assertThat(clock.pending()).isZero();
      clock.advance(Duration.ofDays(1));
      assertThat(future.result()).isEqualTo("in time");
    }
  }

  @Test
  default void timeout_ofACancelledTask_isForgotten() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock));
        Cleanup _ = pool::shutdownNow;
        Gate never = newGate()) {
      Tally begun = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withTimeout(Duration.ofSeconds(5)),
          () -> hitAndWait(begun, never));
      begun.await(1);
      future.cancel(true);
      pool.submit(() -> "next").result();
      Eventually.holds("the timer is forgotten", () -> clock.pending() == 0);
      clock.advance(Duration.ofSeconds(5));
      assertThat(future.isCancelled()).isTrue();
    }
  }

  @Test
  default void timeout_withRetries_boundsEachAttempt() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock));
        Cleanup _ = pool::shutdownNow;
        Gate never = newGate()) {
      Tally begun = newTally();
      TaskOptions options = TaskOptions.defaults()
          .withTimeout(Duration.ofSeconds(5))
          .withRetry(Retry.times(3).withDelay(Duration.ofSeconds(1)).withFactor(1).withJitter(0));
      Future<Integer> future = pool.submit(
          options,
          () -> {
            int number = begun.hit();
            if (number < 3) {
              never.await();
            }
            return number;
          });
      for (int attempt = 1; attempt <= 2; attempt++) {
        begun.await(attempt);
        clock.advance(Duration.ofSeconds(5));
        clock.awaitPending(1, RetryContract.SOON);
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(future.result()).isEqualTo(3);
      assertThat(pool.stats().retried()).isEqualTo(2);
    }
  }

  @Test
  default void timeout_ofABodyThatGoesOnAllTheSame_standsAndTheLateResultIsIgnored() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock));
        Cleanup _ = pool::shutdownNow;
        Gate release = newGate()) {
      Tally begun = newTally();
      Future<Integer> future = pool.submit(
          TaskOptions.defaults().withTimeout(Duration.ofSeconds(5)),
          () -> {
            begun.hit();
            while (!release.isOpen()) {
              Thread.onSpinWait(); // deaf to interrupts
            }
            return 1;
          });
      begun.await(1);
      clock.advance(Duration.ofSeconds(5));
      assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
      release.open();
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
      pool.shutdown(true, false);
      assertThat(pool.stats().done()).isEqualTo(2);
    }
  }

  private static int hitAndWait(Tally begun, Gate gate) throws InterruptedException {
    int number = begun.hit();
    gate.await();
    return number;
  }
}
