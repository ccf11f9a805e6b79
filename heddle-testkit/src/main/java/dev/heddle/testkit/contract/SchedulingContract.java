package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.AsCompleted;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Hedge;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Schedule;
import dev.heddle.futures.TaskOptions;
import dev.heddle.iter.Itertools;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The contract of delayed, periodic, hedged and growing work. */
public interface SchedulingContract extends ExecutorContract {

  // ---- delays ----

  @Test
  default void delay_holdsNoWorkerAndCanBeCancelled() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
      TaskOptions later = TaskOptions.defaults().withDelay(Duration.ofSeconds(5));
      Future<String> task = pool.submit(later, () -> "later");
      Future<String> cancelled = pool.submit(later, () -> "never");
      assertThat(pool.submit(() -> "meanwhile").result()).isEqualTo("meanwhile");
      clock.advance(Duration.ofMillis(4_999));
      assertThat(cancelled.cancel()).isTrue();
      assertThat(task.status()).isEqualTo(Status.PENDING);
      assertThat(clock.pending()).isEqualTo(1);
      clock.advance(Duration.ofMillis(1));
      assertThat(task.result()).isEqualTo("later");
      assertThatThrownBy(cancelled::result).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  default void delay_shutdownWaitsForIt_andShutdownNowDoesNot() {
    VirtualClock clock = new VirtualClock();
    for (boolean now : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(1, PoolOptions.defaults().withTime(clock)); Cleanup _ = pool::shutdownNow) {
        Future<Integer> task = pool.submit(TaskOptions.defaults().withDelay(Duration.ofSeconds(1)), () -> 1);
        if (now) {
          pool.shutdownNow();
          assertThat(task.isCancelled()).isTrue();
        } else {
          pool.shutdown();
          assertThat(pool.isTerminated()).isFalse();
          clock.advance(Duration.ofSeconds(1));
          assertThat(task.result()).isEqualTo(1);
        }
      }
    }
  }

  // ---- periodic tasks ----

  @Test
  default void periodic_atAFixedRate_keepsToTheClockAndLeavesOutWhatItMisses() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1); Gate slow = newGate(); Cleanup _ = pool::shutdownNow) {
      Tally began = newTally();
      try (PeriodicTask task = PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(10)).withTime(clock), () -> {
        if (began.hit() == 2) {
          slow.await();
        }
      })) {
        awaitRuns(task, 1);
        clock.awaitPending(1, RetryContract.SOON);
        assertThat(clock.untilNext()).contains(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        began.await(2);
        clock.advance(Duration.ofSeconds(25)); // the runs at 20 s and 30 s are left out
        assertThat(began.count()).isEqualTo(2);
        slow.open();
        awaitRuns(task, 2);
        clock.awaitPending(1, RetryContract.SOON);
        assertThat(clock.untilNext()).contains(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        awaitRuns(task, 3);
      }
      Eventually.holds("no timer is left", () -> clock.pending() == 0);
    }
  }

  @Test
  default void periodic_runThatFails_isCountedAndFollowedByTheNext() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1); Cleanup _ = pool::shutdownNow) {
      Tally began = newTally();
      Schedule schedule = Schedule.withPause(Duration.ofSeconds(1)).withInitialDelay(Duration.ofSeconds(3)).withTime(clock);
      PeriodicTask task = PeriodicTask.start(pool, schedule, () -> {
        if (began.hit() < 3) {
          throw new IOException("on purpose");
        }
      });
      for (int run = 1; run <= 3; run++) {
        clock.awaitPending(1, RetryContract.SOON);
        assertThat(clock.untilNext()).contains(Duration.ofSeconds(run == 1 ? 3 : 1));
        clock.advance(Duration.ofSeconds(run == 1 ? 3 : 1));
        awaitRuns(task, run);
      }
      assertThat(task.failures()).isEqualTo(2);
      assertThat(task.lastFailure()).isInstanceOf(IOException.class);
      pool.shutdown(true, false);
      clock.awaitPending(1, RetryContract.SOON);
      clock.advance(Duration.ofSeconds(1));
      assertThat(task.isClosed()).as("with its executor").isTrue();
      assertThat(began.count()).isEqualTo(3);
      assertThatThrownBy(() -> PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(1)), () -> {}))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  default void periodic_computed_runsWhenTheFunctionSays_untilItSaysNoMore() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1); Cleanup _ = pool::shutdownNow) {
      Iterator<Duration> times = List.of(Duration.ofSeconds(3), Duration.ofSeconds(7)).iterator();
      Schedule schedule = Schedule.computed(() -> times.hasNext() ? times.next() : null).withTime(clock);
      PeriodicTask task = PeriodicTask.start(pool, schedule, () -> {});
      assertThat(clock.untilNext()).contains(Duration.ofSeconds(3));
      clock.advance(Duration.ofSeconds(3));
      clock.awaitPending(1, RetryContract.SOON);
      assertThat(clock.untilNext()).contains(Duration.ofSeconds(7));
      clock.advance(Duration.ofSeconds(7));
      Eventually.holds("it has ended", task::isClosed);
      assertThat(task.runs()).isEqualTo(2);
      assertThat(task.failures()).isZero();
      PeriodicTask broken = PeriodicTask.start(pool, Schedule.computed(() -> {
        throw new IllegalStateException("on purpose");
      }), () -> {});
      assertThat(broken.isClosed()).isTrue();
      assertThat(broken.lastFailure()).hasMessage("on purpose");
    }
  }

  @Test
  default void periodic_closedWhileARunIsQueued_beginsNoMore() throws Exception {
    VirtualClock clock = new VirtualClock();
    try (Executor pool = newExecutor(1); Cleanup _ = pool::shutdownNow) {
      Tally began = newTally();
      PeriodicTask task = PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(1)).withTime(clock),
          TaskOptions.defaults().withDelay(Duration.ofDays(1)), began::hit);
      task.close();
      assertThat(task.isClosed()).isTrue();
      assertThat(pool.stats().cancelled()).isEqualTo(1);
      assertThat(task.runs()).isZero();
      assertThat(clock.pending()).isZero();
      assertThat(began.count()).isZero();
    }
  }

  private static void awaitRuns(PeriodicTask task, int number) {
    Eventually.holds(number + " runs", () -> task.runs() == number);
  }

  // ---- hedged calls ----

  @Test
  default void hedge_slowFirstCall_isCancelledWhenTheSecondSucceeds() throws Exception {
    VirtualClock clock = new VirtualClock();
    Hedge hedge = Hedge.after(Duration.ofMillis(50)).withTime(clock);
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      Tally calls = newTally();
      Future<Integer> page = hedge.submit(pool, () -> {
        int number = calls.hit();
        if (number == 1) {
          never.await();
        }
        return number;
      });
      calls.await(1);
      clock.advance(Duration.ofMillis(49));
      assertThat(hedge.hedged()).isZero();
      clock.advance(Duration.ofMillis(1));
      assertThat(page.result()).isEqualTo(2);
      Eventually.holds("the first is cancelled", () -> pool.stats().cancelled() == 1 && pool.stats().running() == 0);
      assertThat(hedge.toString()).isEqualTo("<Hedge: 1 calls, 1 hedged>");
    }
  }

  @Test
  default void hedge_quickOrFailedOrCancelledCall_isMadeOnce() throws Exception {
    VirtualClock clock = new VirtualClock();
    Hedge hedge = Hedge.after(Duration.ofMillis(50)).withTime(clock);
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      assertThat(hedge.submit(pool, () -> 1).result()).isEqualTo(1);
      assertThat(hedge.submit(pool, () -> failing()).exception()).isInstanceOf(IOException.class);
      Tally calls = newTally();
      Future<Integer> cancelled = hedge.submit(pool, () -> {
        calls.hit();
        never.await();
        return 1;
      });
      calls.await(1);
      assertThat(cancelled.cancel(true)).isTrue();
      Eventually.holds("it is cancelled", () -> pool.stats().cancelled() == 1 && pool.stats().running() == 0);
      assertThat(clock.pending()).isZero();
      assertThat(hedge.hedged()).isZero();
    }
  }

  @Test
  default void hedge_cancelFalse_leavesACallThatRunsAlone() throws Exception {
    Hedge hedge = Hedge.after(Duration.ofDays(1));
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Tally began = newTally();
      Future<Integer> call = hedge.submit(pool, () -> {
        began.hit();
        release.await();
        return 1;
      });
      began.await(1);
      Eventually.holds("it runs", call::isRunning);
      assertThat(call.cancel(false)).isFalse();
      release.open();
      assertThat(call.result()).isEqualTo(1);
      Future<Integer> delayed = hedge.submit(pool, TaskOptions.defaults().withDelay(Duration.ofDays(1)), () -> 2);
      assertThat(delayed.status()).isEqualTo(Status.PENDING);
      assertThat(delayed.cancel(false)).isTrue();
    }
  }

  @Test
  default void hedge_bothFail_failsWithTheLast() throws Exception {
    VirtualClock clock = new VirtualClock();
    Hedge hedge = Hedge.after(Duration.ofMillis(50)).withTime(clock);
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Tally calls = newTally();
      Future<Integer> page = hedge.submit(pool, () -> {
        int number = calls.hit();
        release.await();
        throw new IOException("call " + number);
      });
      calls.await(1);
      clock.advance(Duration.ofMillis(50));
      calls.await(2);
      release.open();
      assertThat(page.exception()).isInstanceOf(IOException.class);
      assertThat(hedge.hedged()).isEqualTo(1);
    }
  }

  // ---- futures that are added while others are awaited ----

  @Test
  default void asCompleted_growsWhileItIsRead() {
    try (Executor pool = newExecutor(2)) {
      List<Integer> seen = new ArrayList<>();
      AsCompleted<Future<Integer>> numbers = Futures.asCompleted(List.of(pool.submit(() -> 1)));
      for (Future<Integer> each : numbers) {
        int n = each.result();
        seen.add(n);
        if (n < 64) {
          numbers.add(pool.submit(() -> 2 * n));
          numbers.add(pool.submit(() -> 2 * n + 1));
        }
      }
      assertThat(seen).hasSize(127).doesNotHaveDuplicates().contains(1, 127);
      numbers.add(pool.submit(() -> 0));
      assertThat(numbers.next().result()).isZero();
      assertThat(numbers.hasNext()).isFalse();
    }
  }

  @Test
  default void asCompleted_closed_takesNoMore() {
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      Future<Integer> open = pool.submit(() -> {
        never.await();
        return 1;
      });
      AsCompleted<Future<Integer>> all = Futures.asCompleted(List.of());
      all.add(open);
      all.close();
      assertThatThrownBy(() -> all.add(open)).isInstanceOf(IllegalStateException.class);
      never.open();
    }
  }

  // ---- several sources ----

  @Test
  default void map_overAnyNumberOfSources_goesThroughZipAll() {
    try (Executor pool = newExecutor(2)) {
      List<Integer> a = List.of(1, 2, 3);
      List<Integer> b = List.of(10, 20, 30, 40);
      List<Integer> c = List.of(100, 200, 300);
      assertThat(pool.map(row -> row.get(0) + row.get(1) + row.get(2), Itertools.zipAll(List.of(a, b, c))).toList())
          .containsExactly(111, 222, 333);
    }
  }

  @Test
  default void arguments_ofSchedulesAndHedges_areChecked() {
    assertThatThrownBy(() -> Schedule.every(Duration.ZERO))
        .hasMessageContaining("period must be longer than zero, but was 0 s;");
    assertThatThrownBy(() -> Hedge.after(Duration.ZERO))
        .hasMessageContaining("delay must be longer than zero, but was 0 s;");
    assertThatThrownBy(() -> Hedge.quantile(1))
        .hasMessageContaining("share must be more than 0 and less than 1, but was 1.0;");
    assertThatThrownBy(() -> TaskOptions.defaults().withDelay(Duration.ofSeconds(-1)))
        .hasMessageContaining("delay must not be negative, but was -1 s;");
  }

  private static int failing() throws IOException {
    throw new IOException("on purpose");
  }
}
