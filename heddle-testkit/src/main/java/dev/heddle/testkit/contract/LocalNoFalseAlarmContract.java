package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract that waits which can end get no deadlock exception. */
public interface LocalNoFalseAlarmContract extends ExecutorContract {

  @Test
  default void result_ofATaskThatRuns_waits() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> waiter = pool.submit(() -> slow.result());
      Eventually.holds("it waits", () -> pool.stats().waiting() == 1);
      assertThat(waiter.isRunning()).isTrue();
      release.open();
      assertThat(waiter.result()).isEqualTo("released");
    }
  }

  @Test
  default void result_throughAChain_waits() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> last = submitBlocked(pool, release);
      for (int i = 0; i < 50; i++) {
        Future<String> next = last;
        last = pool.submit(() -> next.result());
      }
      Eventually.holds("all wait", () -> pool.stats().waiting() == 50);
      release.open();
      assertThat(last.result()).isEqualTo("released");
    }
  }

  @Test
  default void result_ofTheSameTaskByMany_waits() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      List<Future<String>> waiters = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiters.add(pool.submit(() -> slow.result()));
      }
      Eventually.holds("all wait", () -> pool.stats().waiting() == 20);
      release.open();
      assertThat(Futures.wait(waiters).done()).allMatch(each -> each.result().equals("released"));
    }
  }

  @Test
  default void result_ofAStage_waits() {
    try (Executor pool = newExecutor(1)) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      Future<String> outside = Future.from(stage);
      Future<String> waiter = pool.submit(() -> outside.result());
      Eventually.holds("it waits", () -> pool.stats().waiting() == 1);
      stage.complete("arrived");
      assertThat(waiter.result()).isEqualTo("arrived");
    }
  }

  @Test
  default void timedWait_inACycle_isNoDeadlock() {
    try (Executor pool = newExecutor(2)) {
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(
          0,
          pool,
          other -> {
            assertThatThrownBy(() -> other.result(Duration.ofMillis(100))).isInstanceOf(WaitTimeoutException.class);
            return "gave up";
          });
      ring.submit(1, pool, other -> other.result());
      ring.wire();
      assertThat(ring.future(0).result()).isEqualTo("gave up");
      assertThat(ring.future(1).result()).isEqualTo("gave up");
    }
  }

  @Test
  default void timedGroupWait_inACycle_isNoDeadlock() {
    try (Executor pool = newExecutor(2)) {
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(0, pool, other -> "left " + Futures.wait(List.of(other), Duration.ofMillis(100)).notDone().size());
      ring.submit(1, pool, other -> other.result());
      ring.wire();
      assertThat(ring.future(1).result()).isEqualTo("left 1");
    }
  }

  @Test
  default void waitForFirstCompleted_withOneThatWaitsBack_goesOnWithTheOther() throws Exception {
    for (ReturnWhen when : List.of(ReturnWhen.FIRST_COMPLETED, ReturnWhen.FIRST_EXCEPTION)) {
      try (Executor pool = newExecutor(3); Gate release = newGate()) {
        Tally begun = newTally();
        Future<String> fails = pool.submit(
            () -> {
              begun.hit();
              release.await();
              throw new IllegalStateException("the first to end");
            });
        begun.await(1);
        RingOfTasks ring = new RingOfTasks(2);
        ring.submit(0, pool, other -> "done " + Futures.wait(List.of(other, fails), when).done().size());
        ring.submit(1, pool, other -> other.result());
        ring.wire();
        Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
        assertThat(ring.future(0).isRunning()).isTrue();
        release.open();
        assertThat(ring.future(0).result()).isEqualTo("done 1");
        assertThat(ring.future(1).result()).isEqualTo("done 1");
      }
    }
  }

  @Test
  default void waitForFirst_thatEndsJustAsItIsLookedAt_isNoDeadlock() throws Exception {
    try (Executor pool = newExecutor(3)) {
      for (int round = 0; round < 300; round++) {
        for (boolean asCompleted : new boolean[]{true, false}) {
          try (Gate release = newGate()) {
            Future<String> first = submitBlocked(pool, release);
            RingOfTasks ring = new RingOfTasks(2);
            ring.submit(
                0,
                pool,
                other -> {
                  List<Future<String>> both = List.of(other, first);
                  return asCompleted
                      ? Futures.asCompleted(both).next().name()
                      : Futures.wait(both, ReturnWhen.FIRST_COMPLETED).toString();
                });
            ring.submit(1, pool, other -> other.result());
            ring.wire();
            release.open();
            assertThat(ring.future(0).exception()).as("round %d", round).isNull();
            assertThat(ring.future(1).exception()).as("round %d", round).isNull();
          }
        }
      }
    }
  }

  @Test
  default void waiterOutsideAnyTask_isNeverADeadlock() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Tally got = Tally.local();
      Thread.ofVirtual().start(() -> {
        if (slow.result().equals("released")) {
          got.hit();
        }
      });
      release.open();
      got.await(1);
    }
  }

  @Test
  default void cancel_ofATaskThatWaits_endsItsWaitOnly() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> waiter = pool.submit(() -> slow.result());
      Eventually.holds("it waits", () -> pool.stats().waiting() == 1);
      assertThat(waiter.cancel(true)).isTrue();
      assertThatThrownBy(waiter::result).isInstanceOf(CancellationException.class);
      Eventually.holds("it no longer waits", () -> pool.stats().waiting() == 0);
      assertThat(slow.isRunning()).isTrue();
    }
  }

  @Test
  default void tasksThatWaitForEarlierOnes_allEnd() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      try (Executor pool = newExecutor(3)) {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          List<Future<Integer>> earlier = new ArrayList<>();
          for (int n = random.nextInt(4); n > 0 && i > 0; n--) {
            earlier.add(futures.get(random.nextInt(i)));
          }
          ReturnWhen when = random.nextBoolean() ? ReturnWhen.ALL_COMPLETED : ReturnWhen.FIRST_COMPLETED;
          boolean one = random.nextBoolean();
          futures.add(
              pool.submit(
                  () -> {
                    if (one) {
                      earlier.forEach(Future::result);
                    } else {
                      Futures.wait(earlier, when);
                    }
                    return earlier.size();
                  }));
        }
        for (Future<Integer> each : futures) {
          assertThat(each.exception()).as("a false alarm, seed %d", seed).isNull();
        }
      }
    }
  }
}
