package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.Limit;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.RetryBudget;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The contract of retries, with a virtual clock. */
public interface RetryContract extends ExecutorContract {

  /** The longest wait, in real time, for a task to set its timer. */
  Duration SOON = Duration.ofSeconds(20);

  @Test
  default void retry_failsTwiceThenSucceeds_pausesExponentially() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(5).withJitter(0)),
          () -> failingBefore(attempts, 4));
      for (int pause : new int[]{100, 200, 400}) {
        clock.awaitPending(1, SOON);
        int before = attempts.count();
        assertThat(future.status()).isEqualTo(Status.PENDING);
        assertThat(clock.untilNext()).contains(Duration.ofMillis(pause));
        clock.advance(Duration.ofMillis(pause - 1));
        assertThat(attempts.count()).as("a millisecond before the pause is over").isEqualTo(before);
        clock.advance(Duration.ofMillis(1));
        attempts.await(before + 1);
      }
      assertThat(future.result()).isEqualTo(4);
      assertThat(clock.pending()).isZero();
      assertThat(pool.stats().retried()).isEqualTo(3);
      assertThat(pool.stats().succeeded()).isEqualTo(1);
      assertThat(pool.stats().failed()).isZero();
    }
  }

  @Test
  default void retry_pauses_areNeverLongerThanTheLongest() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Retry retry = Retry.times(5).withJitter(0).withDelay(Duration.ofSeconds(1)).withFactor(10)
          .withMaxDelay(Duration.ofSeconds(7));
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 4));
      for (int seconds : new int[]{1, 7, 7}) {
        clock.awaitPending(1, SOON);
        assertThat(clock.untilNext()).contains(Duration.ofSeconds(seconds));
        int before = attempts.count();
        clock.advance(Duration.ofSeconds(seconds));
        attempts.await(before + 1);
      }
      assertThat(future.result()).isEqualTo(4);
    }
  }

  @Test
  default void retry_jitter_staysWithinItsShare() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Retry retry = Retry.times(21).withDelay(Duration.ofSeconds(1)).withFactor(1).withJitter(0.25);
      pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 21));
      for (int i = 1; i <= 20; i++) {
        clock.awaitPending(1, SOON);
        Duration pause = clock.untilNext().orElseThrow();
        assertThat(pause).isBetween(Duration.ofMillis(750), Duration.ofSeconds(1));
        clock.advance(pause);
        attempts.await(i + 1);
      }
    }
  }

  @Test
  default void retry_noAttemptSucceeds_failsWithTheLastFailure() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(
          TaskOptions.named("stubborn").withRetry(Retry.times(3).withDelay(Duration.ZERO)),
          () -> {
            throw new IOException("attempt " + attempts.hit());
          });
      assertThatThrownBy(future::result)
          .isInstanceOf(TaskFailedException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("attempt 3");
      assertThat(attempts.count()).isEqualTo(3);
      assertThat(pool.stats().retried()).isEqualTo(2);
      assertThat(pool.stats().failed()).isEqualTo(1);
    }
  }

  @Test
  default void retry_notAskedFor_isNotDone() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      assertThat(pool.submit(() -> failingBefore(attempts, 2)).exception()).isInstanceOf(IOException.class);
      assertThat(pool.submit(TaskOptions.defaults().withRetry(Retry.times(1)), () -> failingBefore(attempts, 3)).exception())
          .isInstanceOf(IOException.class);
      assertThat(attempts.count()).isEqualTo(2);
    }
  }

  @Test
  default void retry_failureNotWorthIt_isNotRetried() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      Retry retry = Retry.times(3).withDelay(Duration.ZERO).when(failure -> failure instanceof IllegalStateException);
      assertThat(pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 3)).exception())
          .isInstanceOf(IOException.class);
      assertThat(attempts.count()).isEqualTo(1);
    }
  }

  @Test
  default void retry_anError_isNotRetried() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      Retry retry = Retry.times(3).withDelay(Duration.ZERO);
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> {
        throw new AssertionError(attempts.hit());
      });
      assertThat(future.exception()).isInstanceOf(AssertionError.class).hasMessage("1");
    }
  }

  @Test
  default void retry_predicateThatThrows_endsTheTaskWithBoth() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      Retry retry = Retry.times(3).when(_ -> { throw new IllegalStateException("the predicate"); });
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 3));
      assertThat(future.exception())
          .isInstanceOf(IOException.class)
          .hasSuppressedException(new IllegalStateException("the predicate"));
    }
  }

  @Test
  default void retry_predicateThatThrowsTheFailureItself_endsTheTask() {
    try (Executor pool = newExecutor(1)) {
      Retry retry = Retry.times(3)
          .when(
              failure -> {
                throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
              });
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> {
        throw new IllegalArgumentException("same");
      });
      assertThat(future.exception()).isInstanceOf(IllegalArgumentException.class).hasMessage("same");
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
    }
  }

  @Test
  default void retry_whileItPauses_occupiesNoWorker() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)),
          () -> failingBefore(attempts, 2));
      clock.awaitPending(1, SOON);
      assertThat(pool.submit(() -> "meanwhile").result()).isEqualTo("meanwhile");
      Eventually.holds("only the pausing one is left", () -> pool.stats().queued() == 1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(future.result()).isEqualTo(2);
    }
  }

  @Test
  default void cancel_duringThePause_isAtOnceAndForgetsTheTimer() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)),
          () -> failingBefore(attempts, 2));
      clock.awaitPending(1, SOON);
      assertThat(future.cancel()).isTrue();
      assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
      Eventually.holds("the timer is forgotten", () -> clock.pending() == 0);
      clock.advance(Duration.ofDays(1));
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      assertThat(attempts.count()).isEqualTo(1);
      assertThat(pool.stats().queued()).isZero();
    }
  }

  @Test
  default void cancel_byTheListenerOfTheRetry_leavesNothingBehind() throws Exception {
    VirtualClock clock = new VirtualClock();
    TaskListener canceller = new TaskListener() {
      @Override
      public void retrying(Future<?> task, Throwable failure) {
        task.cancel();
      }
    };
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock).withListener(canceller));
        Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)),
          () -> failingBefore(attempts, 2));
      assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      Eventually.holds("no timer is left", () -> clock.pending() == 0);
      Eventually.holds("nothing is queued", () -> pool.stats().queued() == 0);
    }
  }

  @Test
  default void shutdown_duringThePause_waitsForTheNextAttempt() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)),
          () -> failingBefore(attempts, 2));
      clock.awaitPending(1, SOON);
      pool.shutdown();
      assertThat(pool.isTerminated()).isFalse();
      clock.advance(Duration.ofSeconds(1));
      assertThat(future.result()).isEqualTo(2);
    }
  }

  @Test
  default void shutdown_cancelFuturesDuringThePause_cancelsTheTask() throws Exception {
    VirtualClock clock = new VirtualClock();
    for (boolean now : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
        Tally attempts = newTally();
        Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(Retry.times(2)),
            () -> failingBefore(attempts, 2));
        clock.awaitPending(1, SOON);
        List<Runnable> notBegun = now ? pool.shutdownNow() : List.of();
        pool.shutdown(true, true);
        assertThat(notBegun).hasSize(now ? 1 : 0);
        assertThat(future.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
      }
      clock.advance(Duration.ofDays(1));
    }
  }

  @Test
  default void retry_pauseThatTheFailureAsksFor_isWaited() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Retry retry = Retry.times(5).withJitter(0).withPauseOf(
          failure -> switch (attempts.count()) {
            case 1 -> Duration.ofMinutes(2); // longer than the longest pause
            case 2 -> null;
            case 3 -> Duration.ofSeconds(-5); // a date that has passed
            default -> Duration.ofMillis(1);
          });
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 5));
      for (Duration pause : List.of(Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofMillis(1))) {
        clock.awaitPending(1, SOON);
        assertThat(clock.untilNext()).contains(pause);
        clock.advance(pause);
        if (pause.toMillis() == 200) {
          attempts.await(4); // the third pause is none
        }
      }
      assertThat(future.result()).isEqualTo(5);
    }
  }

  @Test
  default void retry_pauseFunctionThatThrows_endsTheTaskWithBoth() {
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      Retry retry = Retry.times(3).withPauseOf(_ -> { throw new IllegalStateException("the function"); });
      assertThat(pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 3)).exception())
          .isInstanceOf(IOException.class)
          .hasSuppressedException(new IllegalStateException("the function"));
    }
  }

  @Test
  default void retry_deadline_isOverAllAttempts() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Tally attempts = newTally();
      Retry retry = Retry.times(100).withJitter(0).withDelay(Duration.ofSeconds(4)).withFactor(1)
          .withDeadline(Duration.ofSeconds(10));
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> failingBefore(attempts, 100));
      for (int attempt = 1; attempt < 3; attempt++) {
        attempts.await(attempt);
        Eventually.holds("it pauses", () -> clock.untilNext().equals(Optional.of(Duration.ofSeconds(4))));
        clock.advance(Duration.ofSeconds(4));
      }
      assertThat(future.exception()).isInstanceOf(IOException.class).hasMessageContaining("attempt 3"); // a fourth would begin after 12 s
      assertThat(clock.pending()).isZero();
    }
  }

  @Test
  default void retry_deadline_endsAnAttemptThatRuns() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock));
        Gate never = newGate();
        Cleanup _ = pool::shutdownNow) {
      Tally began = newTally();
      Retry retry = Retry.times(3).withDeadline(Duration.ofSeconds(10));
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> {
        int number = began.hit();
        never.await();
        return number;
      });
      began.await(1);
      clock.advance(Duration.ofSeconds(10));
      assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class)
          .hasMessageContaining(
              "the deadline of its retries, which left this attempt 10 s; allow more with Retry.withDeadline");
      assertThat(began.count()).isEqualTo(1);
    }
  }

  @Test
  default void retry_deadline_whileItWaitsForAPermit_endsWithTheLastFailure() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      Limit once = Limit.rate(Rate.of(1, Duration.ofDays(1)).withTime(clock));
      Tally attempts = newTally();
      Retry retry = Retry.times(3).withDelay(Duration.ZERO).withDeadline(Duration.ofSeconds(10));
      Future<Integer> future = pool.submit(TaskOptions.limitedBy(once).withRetry(retry), () -> failingBefore(attempts, 3));
      clock.awaitPending(2, SOON); // the deadline and the limit
      clock.advance(Duration.ofSeconds(9));
      assertThat(future.isDone()).isFalse();
      clock.advance(Duration.ofSeconds(1));
      assertThat(future.exception()).isInstanceOf(IOException.class).hasMessageContaining("attempt 1");
      Eventually.holds("no timer is left", () -> clock.pending() == 0);
    }
  }

  @Test
  default void retry_budget_boundsTheRetriesOfAllTasks() {
    RetryBudget budget = RetryBudget.of(0.5, 2);
    TaskOptions options = TaskOptions.defaults().withRetry(Retry.times(2).withDelay(Duration.ZERO).withBudget(budget));
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTasks(options))) {
      Tally attempts = newTally();
      List<Future<Integer>> failing = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        failing.add(pool.submit(() -> failingBefore(attempts, Integer.MAX_VALUE)));
      }
      for (Future<Integer> each : failing) {
        assertThat(each.exception()).isInstanceOf(IOException.class);
      }
      assertThat(pool.stats().retried()).as("two in reserve, and half of ten").isBetween(6L, 7L);
      assertThat(budget.refused()).isBetween(3L, 4L);
      assertThat(budget.available()).isBetween(0L, 1L);
    }
  }

  private static int failingBefore(Tally attempts, int good) throws IOException {
    int number = attempts.hit();
    if (number < good) {
      throw new IOException("attempt " + number + " fails on purpose");
    }
    return number;
  }
}
