package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract of {@code PoolOptions.initializer} where workers are threads of this JVM. */
public interface LocalInitializerContract extends ExecutorContract {

  @Test
  default void initializer_runsOnTheTasksThreadBeforeIt() {
    ThreadLocal<String> prepared = new ThreadLocal<>();
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withInitializer(() -> prepared.set("ready")))) {
      for (int i = 0; i < 10; i++) {
        assertThat(pool.submit(prepared::get).result()).isEqualTo("ready");
      }
    }
  }

  @Test
  default void initializer_runsOnceForEachThread() {
    ConcurrentLinkedQueue<Thread> runs = new ConcurrentLinkedQueue<>();
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withInitializer(() -> runs.add(Thread.currentThread())))) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        futures.add(pool.submit(() -> 1));
      }
      futures.forEach(Future::result);
    }
    assertThat(runs).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  default void initializer_thatFails_breaksTheExecutor() throws Exception {
    try (Gate late = newGate();
        Executor pool = newExecutor(
            1,
            PoolOptions.named("shop")
                .withInitializer(
                    () -> {
                      passed(late);
                      throw new IllegalStateException("no fonts");
                    }))) {
      Tally ran = newTally();
      List<Future<Integer>> pending = List.of(pool.submit(ran::hit), pool.submit(ran::hit), pool.submit(ran::hit));
      late.open();
      for (Future<Integer> each : pending) {
        assertThatThrownBy(each::result)
            .isInstanceOf(TaskFailedException.class)
            .cause()
            .isInstanceOf(BrokenExecutorException.class)
            .hasMessageContaining("shop")
            .hasMessageContaining("no fonts")
            .hasMessageContaining("new executor")
            .hasCauseInstanceOf(IllegalStateException.class);
      }
      assertThatThrownBy(() -> pool.submit(ran::hit))
          .isInstanceOf(BrokenExecutorException.class)
          .hasMessageContaining("no fonts")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> pool.map(n -> n, List.of(1))).isInstanceOf(BrokenExecutorException.class);
      assertThat(ran.count()).isZero();
    } // and close() returns
  }

  /** A worker that is being set up must not keep the others from being started. */
  @Test
  default void initializers_thatMeet_runAtOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(3);
    PoolOptions options = PoolOptions.defaults().withInitializer(() -> {
      all.countDown();
      all.await();
    });
    try (Executor pool = newExecutor(3, options)) {
      List<Future<Integer>> tasks = List.of(pool.submit(() -> 1), pool.submit(() -> 2), pool.submit(() -> 3));
      for (Future<Integer> each : tasks) {
        assertThat(each.result(Duration.ofSeconds(30))).isPositive();
      }
    }
  }

  @Test
  default void initializer_thatTakesLong_delaysOnlyItsOwnTask() throws Exception {
    try (Gate ready = newGate()) {
      Tally settingUp = newTally();
      AtomicBoolean first = new AtomicBoolean(true);
      PoolOptions options = PoolOptions.defaults().withInitializer(() -> {
        if (first.getAndSet(false)) {
          settingUp.hit();
          passed(ready);
        }
      });
      try (Executor pool = newExecutor(2, options)) {
        Future<Integer> late = pool.submit(() -> 1);
        settingUp.await(1);
        Future<Integer> next = pool.submit(() -> 2);
        assertThat(next.result(Duration.ofSeconds(30))).isEqualTo(2);
        assertThat(late.isDone()).isFalse();
        ready.open();
        assertThat(late.result()).isEqualTo(1);
      }
    }
  }

  @Test
  default void shutdownNow_whileAWorkerIsSetUp_cancelsItsTask() throws Exception {
    try (Gate ready = newGate()) {
      Tally settingUp = newTally();
      Tally ran = newTally();
      Future<Integer> future;
      try (Executor pool = newExecutor(
          1,
          PoolOptions.defaults()
              .withInitializer(
                  () -> {
                    settingUp.hit();
                    passed(ready);
                  }))) {
        future = pool.submit(ran::hit);
        settingUp.await(1);
        pool.shutdownNow();
        assertThat(future.isCancelled()).isTrue();
        ready.open();
      }
      assertThat(ran.count()).isZero();
    }
  }

  @Test
  default void shutdown_cancelFuturesWhileAWorkerIsSetUp_cancelsItsTask() throws Exception {
    try (Gate ready = newGate()) {
      Tally settingUp = newTally();
      Future<Integer> future;
      try (Executor pool = newExecutor(
          1,
          PoolOptions.defaults()
              .withInitializer(
                  () -> {
                    settingUp.hit();
                    passed(ready);
                  }))) {
        future = pool.submit(() -> 1);
        settingUp.await(1);
        pool.shutdown(false, true);
        assertThat(future.isCancelled()).as("it had not begun").isTrue();
        ready.open();
      }
    }
  }

  private static void passed(Gate gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while it was set up", e);
    }
  }
}
