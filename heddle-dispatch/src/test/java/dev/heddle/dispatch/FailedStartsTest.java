package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a pool, and of its tasks, when workers cannot be started. */
@Bounded(seconds = 60)
class FailedStartsTest {
  private final FakeClock clock = new FakeClock();

  private static FakePool pool(int limit) {
    return new FakePool(limit, 0, 0);
  }

  @Test
  void start_thatCannotBeTriedForAMoment_breaksNothing() {
    FakePool pool = pool(1);
    pool.failingStarts = 2;
    FakeWork work = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void start_thatCanNeverBeTried_breaksThePool() {
    FakePool pool = pool(1);
    pool.failingStarts = 3;
    assertThat(FakePool.failure(pool.submit())).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("no threads");
    assertThatThrownBy(pool::submit).isInstanceOf(BrokenExecutorException.class);
    pool.shutdown();
  }

  @Test
  void starts_thatFailInAPoolThatHasWorked_areTriedAgainUntilTheyWork() {
    FakePool pool = pool(1).thatHasWorked();
    pool.failingStarts = 4;
    FakeWork waiting = pool.submit();
    pool.passUntil(() -> pool.workers.size() == 2);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void workersLostBeforeTheyAreReady_inAPoolThatHasWorked_areReplacedForEver() {
    FakePool pool = pool(1).thatHasWorked();
    FakeWork waiting = pool.submit();
    for (int i = 0; i < 5; i++) {
      int known = pool.workers.size();
      pool.gone(pool.latest());
      pool.passUntil(() -> pool.workers.size() == known + 1);
    }
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void shutdown_whileStartsPause_endsOnceTheTasksHave() throws Exception {
    FakePool pool = pool(1).thatHasWorked();
    pool.failingStarts = 2;
    FakeWork waiting = pool.submit();
    pool.dispatcher.shutdown();
    assertThat(pool.dispatcher.isTerminated()).as("a task waits").isFalse();
    pool.passUntil(() -> pool.workers.size() == 2);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.gone(pool.latest());
    assertThat(pool.dispatcher.awaitTermination(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void start_thatThrowsAnUnexpectedError_isTheCallersAndKeepsNothing() {
    FakePool pool = pool(1);
    pool.throwing = true;
    FakeWork refused = new FakeWork(() -> 1, () -> {});
    assertThatThrownBy(() -> pool.dispatcher.start(refused)).hasMessageContaining("a bug, on purpose");
    pool.throwing = false;
    FakeWork next = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    assertThat(next.outcome).isCompletedWithValue(1);
    assertThat(worker.sent).as("the refused task, whose memory is free").isEmpty();
    assertThat(refused.attachment()).isNull();
    pool.shutdown();
  }

  private static FakePool thatHasWorked(int failedStarts, Duration failingTime) {
    return new FakePool(1, 0, 0, failedStarts, failingTime).thatHasWorked();
  }

  @Test
  void startLimit_ofFailures_breaksAPoolThatHasWorkedAndTellsTheListener() {
    FakePool pool = thatHasWorked(2, Duration.ofDays(1));
    FakeWork waiting = pool.submit();
    pool.gone(pool.latest());
    pool.passUntil(() -> pool.workers.size() == 3);
    assertThat(waiting.outcome).isNotDone();
    pool.gone(pool.latest());
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("2 failed start(s) in a row").hasMessageContaining("(on purpose); mend the test");
    assertThat(pool.told).containsExactly("1 on purpose; it was not ready", "2 on purpose; it was not ready");
    assertThat(pool.dispatcher.failedStarts()).isEqualTo(2);
    pool.shutdown();
  }

  @Test
  void startLimit_ofTime_breaksAPoolThatHasWorked() {
    FakePool pool = thatHasWorked(Integer.MAX_VALUE, Duration.ofNanos(1));
    FakeWork waiting = pool.submit();
    pool.failingStarts = 1_000;
    pool.gone(pool.latest());
    pool.passUntil(waiting.outcome::isDone);
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("which is its limit")
        .hasMessageContaining("no threads, on purpose");
    assertThat(pool.told).hasSize(2);
    pool.shutdown();
  }

  @Test
  void startLimit_afterAWorkerThatWasReady_countsAnew() {
    FakePool pool = thatHasWorked(2, Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      FakeWork waiting = pool.submit();
      int known = pool.workers.size();
      pool.gone(pool.latest());
      pool.passUntil(() -> pool.workers.size() == known + 1);
      FakeChannel worker = pool.ready(pool.latest());
      pool.run(worker);
      assertThat(waiting.outcome).isCompletedWithValue(1);
      pool.gone(worker);
    }
    assertThat(pool.dispatcher.failedStarts()).isEqualTo(3);
    pool.shutdown();
  }

  @Test
  void retry_thatThrowsAnUnexpectedError_failsTheTasksThatWait() {
    FakePool pool = pool(1).thatHasWorked();
    pool.failingStarts = 1;
    FakeWork waiting = pool.submit();
    pool.throwing = true;
    pool.passUntil(waiting.outcome::isDone);
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("a bug, on purpose");
    pool.shutdown();
  }

  @Test
  void retry_thatRunsOutOfStack_isTriedAgain() {
    FakePool pool = pool(1).thatHasWorked();
    pool.failingStarts = 1;
    FakeWork waiting = pool.submit();
    pool.overflowing = 2;
    pool.passUntil(() -> pool.workers.size() == 2);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_thatComesInAPauseForWhichNoneWaited_waitsForTheEndOfThePause() {
    FakePool pool = pool(1).thatHasWorked();
    FakeWork cancelled = pool.submit();
    pool.cancel(cancelled);
    pool.gone(pool.latest()); // before it was ready
    FakePool.awaitRetry();
    FakeWork waiting = pool.submit();
    assertThat(pool.workers).hasSize(2);
    pool.passUntil(() -> pool.workers.size() == 3);
    pool.run(pool.ready(pool.latest()));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_thatComesWhileStartsPause_waitsForTheEndOfThePause() {
    FakePool pool = pool(1).thatHasWorked();
    pool.submit();
    FakeWork waiting = pool.submit();
    pool.gone(pool.latest());
    FakeWork later = pool.submit();
    assertThat(pool.workers).as("none is started in the pause").hasSize(2);
    pool.clock.advance(Duration.ofMillis(100));
    pool.cancel(pool.submit());
    FakePool.awaitRetry();
    assertThat(pool.workers).hasSize(3);
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    pool.run(worker);
    pool.run(worker);
    assertThat(List.of(waiting.outcome.isDone(), later.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void pause_withoutATaskThatWaits_isOverAtOnce() {
    FakePool pool = pool(1).thatHasWorked();
    FakeWork cancelled = pool.submit();
    pool.gone(pool.latest());
    pool.cancel(cancelled);
    pool.dispatcher.shutdown();
    Eventually.holds(pool.dispatcher::isTerminated);
    assertThat(pool.workers).hasSize(2);
    pool.shutdown();
  }

  @Test
  void pauses_growFromATenthToFiveSeconds() {
    FailedStarts failed = new FailedStarts(FakePool.options(1, 0, 0, 0, Integer.MAX_VALUE, Duration.ofDays(1), true, null),
        clock);
    assertThat(failed.isPausing()).isFalse();
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      failed.add();
      pauses.add(TimeUnit.NANOSECONDS.toMillis(failed.pauseNanos()));
    }
    assertThat(pauses.subList(0, 8)).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    assertThat(pauses.getLast()).isEqualTo(5_000);
    clock.advanceNanos(failed.pauseNanos() - 1);
    assertThat(failed.isPausing()).isTrue();
    clock.advanceNanos(1);
    assertThat(failed.isPausing()).isFalse();
  }

  @Test
  void workersThatAreLostTogether_countAsOneFailedStart() {
    FakePool pool = pool(3).thatHasWorked();
    List<FakeWork> all = pool.submit(3);
    List<FakeChannel> lost = List.copyOf(pool.workers.subList(1, 4));
    pool.clock.advanceNanos(1);
    lost.forEach(pool::gone);
    assertThat(pool.dispatcher.failedStarts()).isEqualTo(1);
    assertThat(pool.told).containsExactly("1 on purpose; it was not ready");
    pool.passUntil(() -> pool.workers.size() == 7);
    pool.workers.subList(4, 7).forEach(pool::ready);
    pool.workers.subList(4, 7).forEach(pool::run);
    assertThat(all).allMatch(each -> each.outcome.isDone());
    assertThat(pool.exits(ExitReason.UNREADY)).isEqualTo(3);
    pool.shutdown();
  }

  @Test
  void workerLostBeforeItIsReady_inAPoolThatNeverWorked_breaksItAtTheThird() {
    FakePool pool = pool(1);
    FakeWork waiting = pool.submit();
    for (int i = 1; i <= 3; i++) {
      assertThat(waiting.outcome).isNotDone();
      assertThat(pool.workers).as("each is replaced at once").hasSize(i);
      pool.clock.advanceNanos(1);
      pool.gone(pool.latest());
    }
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class).hasMessageContaining("mend the test");
    pool.shutdown();
  }

  @Test
  void startThatCannotBeTried_whileTheFirstWorkerStarts_isNotNeeded() {
    FakePool pool = pool(2);
    FakeWork first = pool.submit();
    pool.failingStarts = 1;
    FakeWork second = pool.submit();
    assertThat(pool.dispatcher.failedStarts()).as("the first worker may do for both").isZero();
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    pool.run(worker);
    assertThat(List.of(first.outcome.isDone(), second.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void open_ofAPoolWhoseSpareWorkersCannotBeStarted_breaksItAndTellsTheListener() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.failingStarts = 3;
    pool.dispatcher.open();
    assertThat(pool.told).hasSize(3).last().asString().contains("no threads");
    assertThatThrownBy(pool::submit).isInstanceOf(BrokenExecutorException.class);
    pool.shutdown();
  }

  @Test
  void factory_isToldOnceThatItHasWorked() {
    FakePool pool = pool(2);
    pool.submit(2);
    pool.workers.forEach(pool::ready);
    Eventually.holds(() -> pool.hasWorked > 0);
    pool.workers.forEach(pool::run);
    pool.shutdown();
    assertThat(pool.hasWorked).isEqualTo(1);
  }
}
