package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many workers are started, spare ones included, and which of them leave when. */
@Bounded(seconds = 60)
class WorkerPoolTest {

  @Test
  void workers_areStartedForTheTasksThatWaitAndNotMoreThanAllowed() {
    FakePool pool = FakePool.of(3);
    pool.submit();
    assertThat(pool.workers).hasSize(1);
    pool.submit();
    assertThat(pool.workers).hasSize(2);
    pool.submit(5);
    assertThat(pool.workers).hasSize(3);
    assertThat(pool.dispatcher.load().workers()).isEqualTo(3);
    pool.workers.forEach(pool::ready);
    assertThat(pool.dispatcher.drain()).hasSize(4);
    pool.workers.forEach(pool::run);
    pool.shutdown();
  }

  @Test
  void worker_isNotStartedForATaskThatWasCancelled() {
    FakePool pool = FakePool.of(3);
    FakeWork cancelled = pool.submit();
    pool.cancel(cancelled);
    pool.submit();
    assertThat(pool.workers).as("the one that starts is enough").hasSize(1);
    pool.run(pool.ready(pool.latest()));
    pool.shutdown();
  }

  @Test
  void workerThatIsToRetire_getsNoMoreTasksThanItMayRun() {
    FakePool pool = new FakePool(1, 3, 0);
    List<FakeWork> all = pool.submit(5);
    FakeChannel one = pool.ready(pool.latest());
    pool.run(one);
    assertThat(one.sent).as("two are left of three").hasSize(2);
    pool.run(one);
    pool.run(one);
    assertThat(one.quit).isTrue();
    FakeChannel two = pool.ready(pool.latest());
    pool.run(two);
    pool.run(two);
    assertThat(two.quit).as("it may run another one").isFalse();
    assertThat(all).allMatch(each -> each.outcome.isDone());
    pool.gone(one);
    assertThat(pool.exits(ExitReason.RETIRED)).isEqualTo(1);
    assertThat(pool.workers).hasSize(2);
    pool.shutdown();
  }

  @Test
  void replacementOfAWorkerThatIsToRetire_isNotStartedWhileNothingWaits() {
    FakePool pool = new FakePool(1, 1, 0);
    pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    assertThat(pool.workers).hasSize(1);
    pool.submit();
    pool.submit();
    assertThat(pool.workers).as("one more, and only one").hasSize(2);
    pool.run(one);
    FakeChannel two = pool.ready(pool.workers.get(1));
    assertThat(pool.workers).as("for the last task").hasSize(3);
    pool.run(two);
    pool.run(pool.ready(pool.workers.get(2)));
    assertThat(pool.workers).hasSize(3);
    pool.shutdown();
  }

  @Test
  void replacementThatIsReady_getsTheNextTaskWhenAWorkerRetires() {
    FakePool pool = new FakePool(1, 1, 0);
    pool.submit();
    FakeWork next = pool.submit();
    FakeChannel one = pool.ready(pool.workers.getFirst());
    FakeChannel two = pool.ready(pool.latest());
    assertThat(two.sent).as("it is one more than the pool is allowed").isEmpty();
    pool.run(one);
    pool.run(two);
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  // ---- spare workers ----

  @Test
  void open_startsTheSpareWorkersOnly() {
    FakePool pool = FakePool.withSpares(2, 3, 0);
    assertThat(pool.workers).isEmpty();
    pool.dispatcher.open();
    assertThat(pool.workers).hasSize(3);
    assertThat(pool.dispatcher.load().workers()).as("those that take tasks").isZero();
    pool.shutdown();
    assertThat(pool.workers).as("no spare one replaces another at the end").hasSize(3);
  }

  @Test
  void task_isGivenToASpareWorkerThatIsReadyAndThatIsReplaced() {
    FakePool pool = FakePool.withSpares(2, 3, 0);
    pool.dispatcher.open();
    FakeChannel ready = pool.ready(pool.workers.get(1));
    FakeWork task = pool.submit();
    assertThat(pool.workers).hasSize(4);
    assertThat(ready.woken).as("to be looked at while it works").isPositive();
    pool.run(ready);
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_thatFindsNoSpareWorkerReady_isGivenToOneThatStarts() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.dispatcher.open();
    FakeWork task = pool.submit();
    assertThat(pool.workers).hasSize(2);
    pool.ready(pool.workers.get(1));
    assertThat(pool.workers.get(1).sent).as("it is the spare one now").isEmpty();
    pool.run(pool.ready(pool.workers.getFirst()));
    assertThat(task.outcome).isCompletedWithValue(1);
    assertThat(pool.dispatcher.snapshot()).extracting(WorkerInfo::activity)
        .containsExactly(WorkerInfo.Activity.IDLE, WorkerInfo.Activity.SPARE);
    pool.shutdown();
  }

  @Test
  void spareWorker_replacesOneThatCrashesAtOnce() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    FakeWork lost = pool.submit();
    FakeWork waiting = pool.submit();
    FakeChannel one = pool.ready(pool.workers.getFirst());
    FakeChannel spare = pool.ready(pool.workers.get(1));
    one.claim();
    pool.gone(one);
    pool.run(spare);
    assertThat(lost.outcome).isCompletedExceptionally();
    assertThat(waiting.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).as("another spare one").hasSize(3);
    pool.shutdown();
  }

  @Test
  void readySpareWorker_getsATaskThatWaitsForAWorkerThatIsGone() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.dispatcher.open();
    FakeWork task = pool.submit();
    FakeChannel hired = pool.workers.getFirst();
    FakeChannel spare = pool.ready(pool.workers.get(1));
    pool.gone(hired); // before it was ready
    FakePool.awaitRetry();
    pool.run(spare);
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  // ---- workers that leave ----

  @Test
  void idleWorkerThatWasDismissed_getsNoTask() {
    FakePool pool = FakePool.of(2);
    pool.submit(2);
    pool.workers.forEach(pool::ready);
    pool.workers.reversed().forEach(pool::run);
    FakeChannel one = pool.workers.getFirst();
    pool.clock.advance(FakePool.IDLE_TIMEOUT.plusNanos(1));
    pool.listener().look(one);
    assertThat(one.quit).isTrue();
    FakeWork task = pool.submit();
    assertThat(one.sent).isEmpty();
    pool.run(pool.workers.get(1));
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void shutdown_endsWorkersWithoutTasksAndLetsTheOthersFinish() {
    FakePool pool = FakePool.withSpares(2, 1, 0);
    FakeWork first = pool.submit();
    FakeWork second = pool.submit();
    FakeChannel busy = pool.ready(pool.workers.get(0));
    FakeChannel starting = pool.workers.get(1);
    FakeChannel spare = pool.workers.get(2);
    pool.dispatcher.shutdown();
    assertThat(busy.quit).as("it has a task").isFalse();
    assertThat(starting.killed).as("a task waits for it").isEmpty();
    assertThat(spare.killed).contains("not needed");
    pool.run(pool.ready(starting));
    assertThat(starting.quit).isTrue();
    pool.run(busy);
    assertThat(busy.quit).isTrue();
    assertThat(List.of(first.outcome.isDone(), second.outcome.isDone())).containsOnly(true);
    pool.shutdown();
    assertThat(pool.workers).hasSize(3);
    assertThat(pool.exits(ExitReason.CLOSED)).isEqualTo(3);
  }

  @Test
  void shutdown_ofAnIdlePool_tellsItsWorkersToEnd() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.submit();
    pool.run(pool.ready(pool.workers.getFirst()));
    pool.ready(pool.latest());
    pool.dispatcher.shutdown();
    assertThat(pool.workers).hasSize(2).allMatch(each -> each.quit).allMatch(each -> each.killed.isEmpty());
    pool.shutdown();
  }

  @Test
  void shutdown_whileWorkersStartForNothing_killsThem() {
    FakePool pool = FakePool.of(2);
    pool.cancel(pool.submit());
    FakeChannel starting = pool.latest();
    assertThat(starting.killed).isEmpty();
    pool.dispatcher.shutdown();
    assertThat(starting.killed).contains("not needed");
    pool.shutdown();
  }

  @Test
  void condemnedWorker_isKilledOnce() {
    FakePool pool = FakePool.of(1);
    FakeWork task = pool.submit();
    FakeChannel stuck = pool.ready(pool.latest());
    stuck.claim();
    pool.end(stuck, 77);
    assertThat(stuck.killed).contains("was not given");
    pool.dispatcher.stop(task);
    assertThat(stuck.killed).contains("was not given");
    pool.gone(stuck);
    assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(1);
    assertThat(pool.exits(ExitReason.STOPPED)).isZero();
    pool.shutdown();
  }
}
