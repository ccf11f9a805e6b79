package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which worker gets a task, and how many tasks are sent ahead to it. */
@Bounded(seconds = 60)
class SentAheadTest {

  /** A pool of which so many workers idle, the first one for the shortest time. */
  private static FakePool idlePool(int workers) {
    return idlePool(workers, Duration.ofNanos(1_000));
  }

  private static FakePool idlePool(int workers, Duration taken) {
    FakePool pool = FakePool.of(workers);
    pool.submit(workers);
    pool.workers.forEach(pool::ready);
    for (FakeChannel each : pool.workers.reversed()) {
      pool.end(each, taken);
    }
    return pool;
  }

  private static void runAll(FakePool pool) {
    for (FakeChannel each : pool.workers) {
      while (!each.sent.isEmpty()) {
        pool.run(each);
      }
    }
  }

  @Test
  void tasks_goToTheWorkersThatHaveIdledForTheShortestTime() {
    FakePool pool = idlePool(3);
    pool.submit();
    assertThat(pool.workers).extracting(each -> each.sent.size()).containsExactly(1, 0, 0);
    pool.submit();
    assertThat(pool.workers).extracting(each -> each.sent.size()).containsExactly(1, 1, 0);
    runAll(pool);
    pool.shutdown();
  }

  @Test
  void taskSentAhead_goesToTheWorkerWithTheFewest() {
    FakePool pool = idlePool(3, Duration.ofNanos(100_000));
    List<FakeWork> all = pool.submit(3);
    FakeChannel one = pool.workers.getFirst();
    pool.run(pool.workers.get(1));
    pool.run(pool.workers.get(2));
    all.addAll(pool.submit(7));
    assertThat(pool.workers).extracting(each -> each.sent.size()).as("evenly").containsExactly(3, 3, 2);
    pool.run(one);
    all.addAll(pool.submit(1));
    assertThat(pool.workers).extracting(each -> each.sent.size()).containsExactly(3, 3, 2);
    runAll(pool);
    assertThat(all).allMatch(each -> each.outcome.isDone());
    pool.shutdown();
  }

  @Test
  void shortTasks_areSentAheadForAMillisecondOfWork() {
    FakePool pool = idlePool(1, Duration.ofNanos(100_000));
    FakeChannel worker = pool.latest();
    List<FakeWork> all = pool.submit(30);
    assertThat(worker.sent).hasSize(10);
    pool.end(worker, Duration.ofNanos(100_000));
    assertThat(worker.sent).as("another one follows").hasSize(10);
    while (!worker.sent.isEmpty()) {
      pool.run(worker);
    }
    assertThat(all).allMatch(each -> each.outcome.isDone());
    pool.shutdown();
  }

  @Test
  void longTasks_areSentOneByOne() {
    FakePool pool = idlePool(1, Duration.ofMillis(1));
    FakeChannel worker = pool.latest();
    pool.submit(3);
    assertThat(worker.sent).hasSize(1);
    pool.end(worker, Duration.ofMillis(1));
    assertThat(worker.sent).hasSize(1);
    pool.end(worker, Duration.ofMillis(1));
    pool.end(worker, Duration.ofMillis(1));
    pool.shutdown();
  }

  @Test
  void firstTasksOfAWorker_areSentOneByOne() {
    FakePool pool = FakePool.of(1);
    pool.submit(3);
    FakeChannel worker = pool.ready(pool.latest());
    assertThat(worker.sent).hasSize(1);
    pool.run(worker);
    assertThat(worker.sent).as("its tasks are short").hasSize(2);
    runAll(pool);
    pool.shutdown();
  }

  @Test
  void idleWorker_takesTheLastTaskThatWasSentAheadToAnother() {
    FakePool pool = FakePool.of(2);
    FakeWork first = pool.submit();
    FakeChannel busy = pool.ready(pool.latest());
    pool.run(busy);
    FakeWork running = pool.submit();
    busy.claim();
    FakeWork ahead = pool.submit();
    FakeWork last = pool.submit();
    assertThat(busy.sent).hasSize(2);
    FakeChannel other = pool.ready(pool.latest());
    assertThat(busy.sent).hasSize(1);
    pool.run(other);
    assertThat(last.outcome).isCompletedWithValue(1);
    assertThat(ahead.outcome).as("has also been taken by the idle worker").isNotDone();
    pool.run(other);
    assertThat(ahead.outcome).isCompletedWithValue(1);
    assertThat(busy.sent).isEmpty();
    pool.end(busy, 2);
    assertThat(List.of(first.outcome.isDone(), running.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void idleWorker_doesNotTakeTheOnlyTaskOfAnother() {
    FakePool pool = FakePool.of(2);
    pool.submit(2);
    FakeChannel one = pool.ready(pool.workers.getFirst());
    FakeChannel two = pool.ready(pool.workers.get(1));
    pool.run(two);
    assertThat(one.sent).hasSize(1);
    assertThat(two.sent).isEmpty();
    pool.run(one);
    pool.shutdown();
  }

  @Test
  void taskOfALostWorker_isGivenToAnIdleOne() {
    FakePool pool = idlePool(2);
    FakeWork task = pool.submit();
    FakeChannel idle = pool.workers.get(1);
    pool.gone(pool.workers.getFirst()); // before it has claimed the task
    assertThat(idle.woken).as("to be looked at while it works").isEqualTo(1);
    pool.run(idle);
    assertThat(task.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).hasSize(2);
    pool.shutdown();
  }

  @Test
  void taskThatWasSentAheadToALostWorker_isSentAheadToAnother() {
    FakePool pool = idlePool(2);
    pool.submit();
    FakeWork other = pool.submit();
    FakeWork ahead = pool.submit();
    FakeChannel lost = pool.workers.getFirst();
    FakeChannel busy = pool.workers.get(1);
    assertThat(lost.sent).hasSize(2);
    lost.claim();
    pool.gone(lost);
    assertThat(busy.sent).hasSize(2);
    pool.run(busy);
    pool.run(busy);
    assertThat(List.of(other.outcome.isDone(), ahead.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void taskThatHasBegun_isNeverSentBehindAnother() {
    FakePool pool = idlePool(2);
    FakeChannel one = pool.workers.getFirst();
    FakeChannel two = pool.workers.get(1);
    FakeWork lost = pool.submit();
    FakeWork other = pool.submit();
    pool.gone(one); // before it has claimed its task, which has begun in the eyes of its user
    assertThat(two.sent).as("its own task").hasSize(1);
    FakeWork next = pool.submit();
    assertThat(two.sent).as("nor does a later task overtake it").hasSize(1);
    FakeChannel three = pool.ready(pool.latest());
    pool.run(three);
    assertThat(lost.outcome).isCompletedWithValue(1);
    runAll(pool);
    assertThat(List.of(other.outcome.isDone(), next.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void taskThatDoesNotFitIntoAChannelAhead_waitsForTheWorker() {
    FakePool pool = idlePool(1);
    FakeChannel worker = pool.latest();
    pool.submit();
    worker.claim();
    worker.refuses = true;
    FakeWork waiting = pool.submit();
    FakeWork behind = pool.submit();
    assertThat(worker.killed).as("it is only busy").isEmpty();
    worker.refuses = false;
    pool.end(worker, 2);
    pool.run(worker);
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.run(worker);
    assertThat(behind.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void taskThatComesToTheHeadOfItsWorker_begins() {
    FakePool pool = idlePool(1);
    FakeChannel worker = pool.latest();
    pool.submit();
    boolean[] begun = new boolean[1];
    pool.submit(() -> begun[0] = true);
    assertThat(begun[0]).isFalse();
    pool.run(worker);
    assertThat(begun[0]).isTrue();
    runAll(pool);
    pool.shutdown();
  }

  @Test
  void busyWorker_isFlushedWhenItHasAQuarterLeft() {
    FakePool pool = idlePool(1, Duration.ofNanos(50_000));
    FakeChannel worker = pool.latest();
    pool.submit(60);
    assertThat(worker.sent).hasSize(20);
    assertThat(worker.arrived()).as("it has enough at hand, and the rest travels together").isEqualTo(2);
    pool.end(worker, Duration.ofNanos(50_000));
    assertThat(worker.arrived()).isEqualTo(20);
    for (int left = 19; left >= 5; left--) {
      pool.end(worker, Duration.ofNanos(50_000));
      assertThat(worker.arrived()).isEqualTo(left);
    }
    pool.end(worker, Duration.ofNanos(50_000));
    assertThat(worker.arrived()).isEqualTo(20);
    runAll(pool);
    pool.shutdown();
  }
}
