package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code submit} and the future that it returns. */
public interface SubmitContract extends ExecutorContract {

  @Test
  default void submit_callable_hasItsResult() throws Exception {
    try (Executor pool = newExecutor(2)) {
      Future<Integer> future = pool.submit(() -> 6 * 7);
      assertThat(future.result()).isEqualTo(42);
      assertThat(future.result(Duration.ZERO)).isEqualTo(42);
      assertThat(future.get()).isEqualTo(42);
      assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo(42);
      assertThat(future.exception()).isNull();
      assertThat(future.status()).isEqualTo(Status.FINISHED);
      assertThat(future.isDone()).isTrue();
      assertThat(future.isRunning()).isFalse();
      assertThat(future.isCancelled()).isFalse();
    }
  }

  @Test
  default void submit_runnable_hasNullAsResult() {
    try (Executor pool = newExecutor(1)) {
      Tally tally = newTally();
      Future<@Nullable Void> future = pool.submit(() -> { tally.hit(); });
      assertThat(future.result()).isNull();
      assertThat(tally.count()).isEqualTo(1);
    }
  }

  @Test
  default void submit_callableThatReturnsNull_hasNullAsResult() {
    try (Executor pool = newExecutor(1)) {
      Future<@Nullable String> future = pool.submit(() -> null);
      assertThat(future.result()).isNull();
    }
  }

  @Test
  default void submit_taskThatThrows_failsWithItAsCause() {
    try (Executor pool = newExecutor(1)) {
      Future<String> future = pool.submit(TaskOptions.named("reader"), () -> { throw new IOException("disk on fire"); });
      assertThatThrownBy(future::result)
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("reader")
          .hasMessageContaining("disk on fire")
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("disk on fire");
      assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
      assertThat(future.exception()).isInstanceOf(IOException.class);
      assertThat(future.status()).isEqualTo(Status.FINISHED);
      assertThat(future.isCancelled()).isFalse();
    }
  }

  @Test
  default void submit_taskThatThrowsAnError_failsAndTheWorkerGoesOn() {
    try (Executor pool = newExecutor(1)) {
      Future<String> future = pool.submit(() -> { throw new AssertionError("no"); });
      assertThat(future.exception()).isInstanceOf(AssertionError.class).hasMessage("no");
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
    }
  }

  @Test
  default void submit_hundredBadThenHundredGood_theGoodSucceed() {
    try (Executor pool = newExecutor(2)) {
      List<Future<Integer>> bad = new ArrayList<>();
      List<Future<Integer>> good = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int n = i;
        bad.add(pool.submit(() -> { throw new IllegalStateException("bad " + n); }));
      }
      for (int i = 0; i < 100; i++) {
        int n = i;
        good.add(pool.submit(() -> n));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(bad.get(i).exception()).hasMessage("bad " + i);
        assertThat(good.get(i).result()).isEqualTo(i);
      }
    }
  }

  @Test
  default void result_ofAFailedTask_givesEachWaitAnExceptionOfItsOwn() {
    try (Executor pool = newExecutor(1)) {
      Future<String> future = pool.submit(() -> { throw new IOException("once"); });
      Throwable first = thrownBy(future);
      Throwable second = thrownBy(future);
      assertThat(first).isNotSameAs(second);
      assertThat(first.getCause()).isSameAs(second.getCause());
    }
  }

  @Test
  default void submit_twoFailures_haveExceptionsOfTheirOwn() {
    try (Executor pool = newExecutor(2)) {
      Future<String> first = pool.submit(() -> { throw new IOException("same"); });
      Future<String> second = pool.submit(() -> { throw new IOException("same"); });
      assertThat(first.exception()).isNotSameAs(second.exception());
    }
  }

  @Test
  default void submit_fromSeveralThreads_runsEachOnce() throws Exception {
    try (Executor pool = newExecutor(3)) {
      Tally tally = newTally();
      List<Thread> submitters = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        submitters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < 250; i++) {
                        pool.submit(() -> { tally.hit(); });
                      }
                    }));
      }
      for (Thread each : submitters) {
        each.join();
      }
      pool.shutdown(true, false);
      assertThat(tally.count()).isEqualTo(1_000);
      assertThat(pool.stats().succeeded()).isEqualTo(1_000);
    }
  }

  @Test
  default void status_whileTheTaskRuns_isRunning() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      assertThat(future.status()).isEqualTo(Status.RUNNING);
      assertThat(future.isRunning()).isTrue();
      assertThat(future.isDone()).isFalse();
      release.open();
      assertThat(future.result()).isEqualTo("released");
    }
  }

  @Test
  default void name_given_isKept() {
    try (Executor pool = newExecutor(1)) {
      assertThat(pool.submit(TaskOptions.named("fetch"), () -> 1).name()).isEqualTo("fetch");
    }
  }

  @Test
  default void name_notGiven_isTheExecutorsWithANumber() {
    try (Executor pool = newExecutor(1, PoolOptions.named("shop"))) {
      String first = pool.submit(() -> 1).name();
      String second = pool.submit(() -> 2).name();
      assertThat(pool.name()).isEqualTo("shop");
      assertThat(first).startsWith("shop").matches(".*\\d+");
      assertThat(second).startsWith("shop").isNotEqualTo(first);
    }
  }

  @Test
  default void name_ofExecutorsWithoutOne_areDifferent() {
    try (Executor one = newExecutor(1); Executor other = newExecutor(1)) {
      assertThat(one.name()).isNotBlank().isNotEqualTo(other.name());
    }
  }

  @Test
  default void toString_saysNameAndState() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> good = submitBlocked(pool, release);
      assertThat(good).asString().contains(good.name()).contains("running");
      release.open();
      good.result();
      assertThat(good).asString().contains("finished").contains("String");
      Future<String> bad = pool.submit(TaskOptions.named("bad"), () -> { throw new IOException("x"); });
      bad.exception();
      assertThat(bad).asString().contains("bad").contains("IOException");
    }
  }

  @Test
  default void result_timeoutOver_saysSoAndTheTaskGoesOn() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      assertThatThrownBy(() -> future.result(Duration.ofMillis(20)))
          .isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining(future.name())
          .hasMessageContaining("20 ms")
          .hasMessageContaining("goes on");
      assertThatThrownBy(() -> future.result(Duration.ZERO)).isInstanceOf(WaitTimeoutException.class);
      assertThatThrownBy(() -> future.exception(Duration.ofMillis(1))).isInstanceOf(WaitTimeoutException.class);
      assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining(future.name());
      assertThat(future.isRunning()).isTrue();
      release.open();
      assertThat(future.result(Duration.ofDays(400_000))).isEqualTo("released");
    }
  }

  @Test
  default void result_interrupted_endsTheWaitAndNotTheTask() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Thread.currentThread().interrupt();
      assertThatThrownBy(future::result).isInstanceOf(WaitInterruptedException.class).hasMessageContaining(future.name());
      assertThat(Thread.interrupted()).as("the interrupt status is set again").isTrue();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> future.result(Duration.ofDays(1))).isInstanceOf(WaitInterruptedException.class);
      assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).as("get() clears the status, as in java.util.concurrent").isFalse();
      assertThat(future.isRunning()).isTrue();
      release.open();
      assertThat(future.result()).isEqualTo("released");
    }
  }

  @Test
  default void result_interruptedWhileParked_endsTheWait() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Thread waiter = Thread.currentThread();
      Thread interrupter = Thread.ofPlatform()
          .start(
              () -> {
                Eventually.holds("the waiter waits", () -> waiter.getState() == Thread.State.WAITING);
                waiter.interrupt();
              });
      assertThatThrownBy(future::result).isInstanceOf(WaitInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      interrupter.join();
    }
  }

  @Test
  default void result_manyWaiters_allGetIt() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally got = Tally.local();
      List<Thread> waiters = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiters.add(Thread.ofVirtual().start(() -> {
          if (future.result().equals("released")) {
            got.hit();
          }
        }));
      }
      Eventually.holds("all wait", () -> waiters.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
      release.open();
      got.await(8);
    }
  }

  private static Throwable thrownBy(Future<?> future) {
    try {
      future.result();
    } catch (TaskFailedException e) {
      return e;
    }
    throw new AssertionError(future + " was expected to fail");
  }
}
