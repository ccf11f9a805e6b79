package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of engines on threads of this JVM about the threads, interrupts, and objects that are passed by reference.
 */
public interface LocalThreadsContract extends ExecutorContract {

  @Test
  default void threads_bearTheExecutorsName() {
    try (Executor pool = newExecutor(2, PoolOptions.named("shop"))) {
      assertThat(pool.submit(() -> Thread.currentThread().getName()).result()).startsWith("shop-").matches(".*\\d+");
    }
  }

  @Test
  default void threads_atTheSameTime_haveNamesOfTheirOwn() throws Exception {
    try (Executor pool = newExecutor(3, PoolOptions.named("shop")); Gate release = newGate()) {
      Set<String> names = ConcurrentHashMap.newKeySet();
      Tally begun = newTally();
      for (int i = 0; i < 3; i++) {
        pool.submit(
            () -> {
              names.add(Thread.currentThread().getName());
              begun.hit();
              release.await();
              return 0;
            });
      }
      begun.await(3);
      assertThat(names).hasSize(3);
    }
  }

  @Test
  default void map_leftEarly_interruptsWhatRuns_byDefault() throws Exception {
    Tally interrupted = newTally();
    try (Gate begun = newGate(); Gate never = newGate(); Executor pool = newExecutor(2)) {
      TaskFunction<Integer, Integer> hang = n -> {
        begun.open();
        try {
          never.await();
        } catch (InterruptedException e) {
          interrupted.hit();
          throw e;
        }
        return n;
      };
      try (Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(1), hang, List.of(1, 2, 3))) {
        begun.await();
        assertThat(results.hasNext()).isTrue();
      }
    }
    interrupted.await(1);
  }

  @Test
  default void map_timedOut_saysThatWhatRunsIsInterrupted() {
    try (Gate never = newGate();
        Executor pool = newExecutor(1);
        Iter<Integer> results = pool.map(MapOptions.defaults().withTimeout(Duration.ofMillis(1)), n -> {
          never.await();
          return n;
        }, List.of(1, 2))) {
      assertThatThrownBy(results::next).hasMessageContaining("tasks that have begun are interrupted");
    }
  }

  @Test
  default void taskThatThrows_failsWithTheVeryObject() {
    try (Executor pool = newExecutor(1)) {
      IOException thrown = new IOException("this one");
      Future<String> future = pool.submit(() -> { throw thrown; });
      assertThat(future.exception()).isSameAs(thrown);
      assertThatThrownBy(future::result).cause().isSameAs(thrown);
      assertThatThrownBy(future::get).cause().isSameAs(thrown);
    }
  }

  @Test
  default void result_isTheVeryObject() {
    try (Executor pool = newExecutor(1)) {
      Object made = new Object();
      assertThat(pool.submit(() -> made).result()).isSameAs(made);
    }
  }

  @Test
  default void cancel_runningWithInterrupt_interruptsItsThread() throws Exception {
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      Tally begun = newTally();
      Tally interrupted = newTally();
      Future<String> future = pool.submit(() -> waitOrHit(begun, never, interrupted));
      begun.await(1);
      assertThat(future.cancel(true)).isTrue();
      interrupted.await(1);
    }
  }

  @Test
  default void timeout_interruptsItsThread() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Gate never = newGate()) {
      Tally begun = newTally();
      Tally interrupted = newTally();
      pool.submit(TaskOptions.defaults().withTimeout(Duration.ofSeconds(1)), () -> waitOrHit(begun, never, interrupted));
      begun.await(1);
      clock.advance(Duration.ofSeconds(1));
      interrupted.await(1);
    }
  }

  @Test
  default void close_interrupted_interruptsTheThreads() throws Exception {
    Executor pool = newExecutor(1);
    try (Gate never = newGate()) {
      Tally begun = newTally();
      Tally interrupted = newTally();
      pool.submit(() -> waitOrHit(begun, never, interrupted));
      begun.await(1);
      Thread.currentThread().interrupt();
      pool.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupted.count()).isEqualTo(1);
    }
  }

  @Test
  default void shutdownNow_interruptsABodyThatOutlivedItsTimeout() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Gate never = newGate()) {
      Tally interrupts = newTally();
      Gate begun = newGate();
      Future<?> future = pool.submit(
          TaskOptions.defaults().withTimeout(Duration.ofSeconds(5)),
          () -> {
            begun.open();
            while (!never.isOpen() && interrupts.count() < 2) {
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupts.hit();
              }
            }
          });
      begun.await();
      clock.advance(Duration.ofSeconds(5));
      assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
      interrupts.await(1);
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(interrupts.count()).isEqualTo(2);
    }
  }

  @Test
  default void taskThatInterruptsItself_doesNotReachTheNext() {
    try (Executor pool = newExecutor(1)) {
      pool.submit(() -> Thread.currentThread().interrupt()).result();
      assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).result()).isFalse();
    }
  }

  @Test
  default void interruptOfACancelledTask_neverReachesAnother() throws Exception {
    try (Executor pool = newExecutor(1)) {
      for (int round = 0; round < 2_000; round++) {
        Future<String> victim = pool.submit(() -> "quick");
        Future<Boolean> next = pool.submit(Thread::interrupted);
        victim.cancel(true);
        assertThat(next.result()).as("interrupted, round %d", round).isFalse();
      }
    }
  }

  @Test
  default void cancel_racingWithTheStart_neverLetsABlockedBodyStay() throws Exception {
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      for (int round = 0; round < 2_000; round++) {
        Future<String> victim = pool.submit(
            () -> {
              never.await();
              return "left behind";
            });
        for (int spin = 0; spin < round % 200; spin++) {
          Thread.onSpinWait();
        }
        victim.cancel(true);
        assertThat(pool.submit(() -> "next").result()).isEqualTo("next"); // hangs if the worker is still blocked
      }
    }
  }

  @Test
  default void execute_taskThatThrows_reachesTheUncaughtHandler() throws Exception {
    try (Executor pool = newExecutor(1)) {
      AtomicReference<@Nullable Throwable> caught = new AtomicReference<>();
      Tally told = Tally.local();
      IllegalStateException thrown = new IllegalStateException("thrown by execute on purpose");
      pool.execute(
          () -> {
            Thread.currentThread()
                .setUncaughtExceptionHandler(
                    (_, e) -> {
                      caught.set(e);
                      told.hit();
                    });
            throw thrown;
          });
      told.await(1);
      assertThat(caught.get()).isSameAs(thrown);
      pool.execute(() -> { throw new IllegalStateException("thrown by execute on purpose"); });
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      pool.shutdown(true, false);
      assertThat(pool.stats().failed()).isEqualTo(2);
    }
  }

  @Test
  default void callback_runsOnTheThreadThatEndedTheTask() throws Exception {
    try (Executor pool = newExecutor(1, PoolOptions.named("shop")); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      AtomicReference<@Nullable String> ranOn = new AtomicReference<>();
      Tally told = Tally.local();
      future.addDoneCallback(
          _ -> {
            ranOn.set(Thread.currentThread().getName());
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(ranOn.get()).startsWith("shop-");
    }
  }

  @Test
  default void submit_fromATask_works() {
    try (Executor pool = newExecutor(1)) {
      Future<Future<String>> outer = pool.submit(() -> pool.submit(() -> "inner"));
      assertThat(outer.result().result()).isEqualTo("inner");
    }
  }

  private static String waitOrHit(Tally begun, Gate gate, Tally interrupted) throws InterruptedException {
    begun.hit();
    try {
      gate.await();
      return "released";
    } catch (InterruptedException e) {
      interrupted.hit();
      throw e;
    }
  }
}
