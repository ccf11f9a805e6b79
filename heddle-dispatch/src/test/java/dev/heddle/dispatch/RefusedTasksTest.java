package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a task that cannot be encoded, assigned, begun or sent: its future ends, and its worker is free for others. */
@Bounded(seconds = 60)
class RefusedTasksTest {
  private final FakePool pool = FakePool.of(1);

  /** A worker that has nothing to do. */
  private FakeChannel idleWorker() {
    pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    return worker;
  }

  /** The next task runs on that worker, and the pool can end. */
  private void checkFree(FakeChannel worker) {
    FakeWork next = pool.submit();
    pool.run(worker);
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void start_ofATaskThatHasEnded_startsNoWorker() {
    FakeWork ended = new FakeWork(() -> 1, () -> {});
    ended.outcome.cancel(true);
    pool.dispatcher.start(ended);
    assertThat(pool.workers).isEmpty();
    pool.shutdown();
  }

  @Test
  void start_ofATaskThatCannotBeEncoded_failsItAndStartsNoWorker() {
    pool.codec.unencodable = new IllegalStateException("not serializable");
    FakeWork refused = pool.submit();
    assertThat(FakePool.failure(refused)).isSameAs(pool.codec.unencodable);
    assertThat(pool.workers).isEmpty();
    pool.shutdown();
  }

  @Test
  void start_whoseWorkerCannotBeReplacedByASpare_isTheCallersAndTheTaskIsNotRun() {
    FakePool spared = FakePool.withSpares(1, 1, 2);
    FakeWork first = spared.submit();
    FakeChannel worker = spared.ready(spared.workers.getFirst());
    spared.run(worker);
    assertThat(first.outcome).isCompletedWithValue(1);
    spared.ready(spared.workers.get(1));
    spared.throwing = true;
    spared.gone(spared.workers.get(1)); // the spare one; there is no other
    FakeWork refused = new FakeWork(() -> 1, () -> {});
    int woken = worker.woken;
    assertThatThrownBy(() -> spared.dispatcher.start(refused)).hasMessageContaining("a bug, on purpose");
    refused.outcome.cancel(true); // as executors do
    assertThat(worker.woken).as("so that the channel's thread does the rest").isGreaterThan(woken);
    spared.throwing = false;
    spared.listener().look(worker);
    assertThat(worker.sent).isEmpty();
    FakeWork next = spared.submit();
    spared.run(worker);
    assertThat(next.outcome).isCompletedWithValue(1);
    spared.shutdown();
  }

  @Test
  void task_whoseBeginningThrows_failsAndFreesItsWorker() {
    FakeChannel worker = idleWorker();
    IllegalStateException why = new IllegalStateException("of a listener");
    FakeWork refused = pool.submit(() -> {
      throw why;
    });
    assertThat(FakePool.failure(refused)).isSameAs(why);
    assertThat(worker.sent).isEmpty();
    checkFree(worker);
  }

  @Test
  void task_whoseBeginningThrowsWhileOthersWait_letsTheNextRun() {
    FakeWork refused = pool.submit(() -> {
      throw new IllegalStateException("of a listener");
    });
    FakeWork next = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    assertThat(refused.outcome).isCompletedExceptionally();
    pool.run(worker);
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_thatBeginsOnNoThread_failsAtTheThird() {
    FakeChannel worker = idleWorker();
    List<StackOverflowError> thrown = new ArrayList<>();
    FakeWork refused = pool.submit(() -> {
      thrown.add(new StackOverflowError("on purpose"));
      throw thrown.getLast();
    });
    for (int i = 1; i < 3; i++) {
      assertThat(thrown).hasSize(i);
      assertThat(refused.outcome).isNotDone();
      assertThat(worker.woken).as("asked to try it").isEqualTo(i);
      pool.listener().look(worker);
    }
    assertThat(FakePool.failure(refused)).isSameAs(thrown.getLast());
    assertThat(thrown).hasSize(3);
    checkFree(worker);
  }

  @Test
  void task_thatIsCancelledAsItBegins_isNotSent() {
    FakeChannel worker = idleWorker();
    FakeWork[] itself = {new FakeWork(() -> 1, () -> {})};
    FakeWork cancelled = new FakeWork(() -> 1, () -> itself[0].outcome.cancel(true));
    itself[0] = cancelled;
    pool.dispatcher.start(cancelled);
    assertThat(worker.sent).isEmpty();
    checkFree(worker);
  }

  @Test
  void withdraw_ofATaskThatIsAboutToBegin_isRefusedAndTheTaskGoesOn() {
    FakeChannel worker = idleWorker();
    FakeWork[] itself = {new FakeWork(() -> 1, () -> {})};
    FakeWork task = new FakeWork(() -> 1, () -> assertThat(pool.dispatcher.withdraw(itself[0])).isFalse());
    itself[0] = task;
    pool.dispatcher.start(task);
    assertThat(worker.sent).hasSize(1);
    pool.run(worker);
    assertThat(task.outcome).isCompletedWithValue(1);
    checkFree(worker);
  }

  @Test
  void task_whoseWorkerEndsAsItBegins_runsOnAnother() {
    FakeChannel worker = idleWorker();
    FakeWork task = pool.submit(() -> pool.gone(worker));
    assertThat(task.outcome).isNotDone();
    assertThat(worker.sent).isEmpty();
    pool.run(pool.ready(pool.latest()));
    assertThat(task.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).hasSize(2);
    pool.shutdown();
  }

  @Test
  void worker_thatTakesNothing_isReplacedAndItsTaskRunsOnAnother() {
    FakeChannel full = idleWorker();
    full.refuses = true;
    FakeWork task = pool.submit();
    assertThat(full.killed).contains("did not read");
    assertThat(task.outcome).isNotDone();
    pool.run(pool.ready(pool.latest()));
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.gone(full);
    assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(1);
    pool.shutdown();
  }

  @Test
  void tasks_whoseWorkerTakesNothing_keepTheirOrder() {
    FakePool two = FakePool.of(2);
    FakeWork first = two.submit();
    FakeWork second = two.submit();
    FakeWork third = two.submit();
    FakeChannel full = two.workers.getFirst();
    full.refuses = true;
    two.ready(full);
    assertThat(full.killed).contains("did not read");
    two.run(two.ready(two.workers.get(1)));
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(second.outcome).isNotDone();
    two.run(two.ready(two.latest()));
    assertThat(List.of(second.outcome.isDone(), third.outcome.isDone())).containsExactly(false, true);
    two.run(two.workers.get(1));
    assertThat(second.outcome).isCompletedWithValue(1);
    two.shutdown();
  }

  @Test
  void taskThatWasSentAhead_andWasCancelledUnseen_isStoppedWhenItBegins() {
    FakeChannel worker = idleWorker();
    FakeWork running = pool.submit();
    FakeWork ahead = pool.submit();
    FakeWork behind = pool.submit();
    assertThat(worker.sent).as("short tasks are sent ahead").hasSize(3);
    ahead.outcome.cancel(false); // without asking the dispatcher first, as shutdownNow may
    int first = worker.claim();
    worker.claim();
    pool.end(worker, first);
    assertThat(running.outcome).isCompletedWithValue(1);
    assertThat(worker.killed).contains("was cancelled");
    pool.run(pool.ready(pool.latest()));
    assertThat(behind.outcome).as("it was taken back").isCompletedWithValue(1);
    pool.shutdown();
  }
}
