package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Nulls;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of engines that obey {@code PoolOptions.maxSpareThreads}: a starved pool, and only that, is an error. */
public interface LocalStarvationContract extends ExecutorContract {

  private Executor withoutSpares(int workers) {
    return newExecutor(workers, PoolOptions.named("full").withMaxSpareThreads(0));
  }

  @Test
  default void wait_thatStarvesItsPool_isADeadlock() {
    try (Executor pool = withoutSpares(1)) {
      AtomicReference<@Nullable Future<String>> inner = new AtomicReference<>();
      Future<String> outer = pool.submit(
          TaskOptions.named("outer"),
          () -> {
            Future<String> queued = pool.submit(() -> "inner");
            inner.set(queued);
            return queued.result();
          });
      assertThat(outer.exception())
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("'outer'")
          .hasMessageContaining("'full'")
          .hasMessageContaining("maxSpareThreads");
      assertThat(Nulls.present(inner).result()).as("it runs once there is a thread").isEqualTo("inner");
    }
  }

  @Test
  default void wait_forARetriedTaskThatStarves_isADeadlock() {
    try (Executor pool = withoutSpares(1); Cleanup _ = pool::shutdownNow) {
      TaskOptions retried = TaskOptions.defaults().withRetry(Retry.times(3));
      Future<String> outer = pool.submit(() -> pool.submit(retried, () -> "inner").result());
      Eventually.holds("it has failed", outer::isDone);
      assertThat(outer.exception()).isInstanceOf(DeadlockException.class);
    }
  }

  @Test
  default void spareThreads_usedUp_isADeadlock() {
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withMaxSpareThreads(2))) {
      assertThat(pool.submit(() -> depth(pool, 2)).result()).isEqualTo(2);
      Throwable failure = pool.submit(() -> depth(pool, 3)).exception();
      while (failure != null && !(failure instanceof DeadlockException)) {
        failure = failure.getCause();
      }
      assertThat(failure).isNotNull();
    }
  }

  @Test
  default void timedWait_inAFullPool_isNoDeadlock() {
    try (Executor pool = withoutSpares(1)) {
      Future<String> outer = pool.submit(
          () -> {
            Future<String> queued = pool.submit(() -> "inner");
            assertThatThrownBy(() -> queued.result(Duration.ofMillis(50))).isInstanceOf(WaitTimeoutException.class);
            return "gave up";
          });
      assertThat(outer.result()).isEqualTo("gave up");
    }
  }

  @Test
  default void wait_forAnotherPool_isNoDeadlockWhateverIsQueued() throws Exception {
    try (Executor pool = withoutSpares(1); Executor other = newExecutor(1); Gate release = newGate()) {
      Future<String> elsewhere = submitBlocked(other, release);
      Gate queued = newGate();
      Future<String> waiter = pool.submit(
          () -> {
            queued.await();
            return elsewhere.result();
          });
      Future<String> next = pool.submit(() -> "next");
      queued.open();
      Eventually.holds("it waits or has failed", () -> pool.stats().waiting() == 1 || waiter.isDone());
      release.open();
      assertThat(waiter.result()).isEqualTo("released");
      assertThat(next.result()).isEqualTo("next");
    }
  }

  @Test
  default void wait_whileAnotherWorkerWillGoOn_isNoDeadlock() throws Exception {
    try (Executor pool = withoutSpares(2)) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      Future<String> outside = Future.from(stage);
      Future<String> first = pool.submit(() -> outside.result());
      Eventually.holds("the first waits", () -> pool.stats().waiting() == 1);
      Tally submitted = newTally();
      Future<String> second = pool.submit(
          () -> {
            Future<String> queued = pool.submit(() -> "inner");
            submitted.hit();
            return queued.result();
          });
      submitted.await(1);
      Eventually.holds("the second waits or has failed", () -> pool.stats().waiting() == 2 || second.isDone());
      stage.complete("arrived");
      assertThat(first.result()).isEqualTo("arrived");
      assertThat(second.result()).as("the first one's thread ran it").isEqualTo("inner");
    }
  }

  @Test
  default void wait_withCancelledWorkInTheQueue_isNoDeadlock() throws Exception {
    try (Executor pool = withoutSpares(1); Executor other = newExecutor(1); Gate release = newGate()) {
      Future<String> elsewhere = submitBlocked(other, release);
      Future<String> waiter = pool.submit(
          () -> {
            pool.submit(() -> "inner").cancel();
            return elsewhere.result();
          });
      Eventually.holds("it waits or has failed", () -> pool.stats().waiting() == 1 || waiter.isDone());
      release.open();
      assertThat(waiter.result()).isEqualTo("released");
    }
  }

  @Test
  default void starvation_throughAnotherPool_isADeadlock() throws Exception {
    try (Executor pool = withoutSpares(1); Executor other = newExecutor(1)) {
      Gate wired = newGate();
      AtomicReference<@Nullable Future<String>> back = new AtomicReference<>();
      Future<String> holder = pool.submit(
          TaskOptions.named("holder"),
          () -> {
            wired.await();
            Future<String> waits = back.get();
            return waits == null ? "not wired" : waits.result();
          });
      back.set(
          other.submit(
              TaskOptions.named("back"),
              () -> {
                wired.await();
                return pool.submit(() -> "never has a thread").result();
              }));
      wired.open();
      Eventually.holds("both have failed", () -> holder.isDone());
      Throwable failure = holder.exception();
      List<Throwable> chain = new ArrayList<>();
      for (Throwable each = failure; each != null; each = each.getCause()) {
        chain.add(each);
      }
      assertThat(chain).hasAtLeastOneElementOfType(DeadlockException.class);
    }
  }

  private static int depth(Executor pool, int levels) {
    return levels == 0 ? 0 : 1 + pool.submit(() -> depth(pool, levels - 1)).result();
  }
}
