package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What becomes of a pool, and of its tasks, when workers cannot be started. */
@Bounded(seconds = 60)
class FailedStartsTest {

  private static FakePool pool(int limit) {
    return new FakePool(limit, 0, 0);
  }

  private static Throwable failure(FakeWork work) {
    assertThat(work.outcome).isCompletedExceptionally();
    try {
      work.outcome.join();
      throw new AssertionError();
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
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
    assertThat(failure(pool.submit())).isInstanceOf(BrokenExecutorException.class).hasMessageContaining("no threads");
    assertThatThrownBy(pool::submit).isInstanceOf(BrokenExecutorException.class);
    pool.shutdown();
  }

  @Test
  void starts_thatFailInAPoolThatHasWorked_areTriedAgainUntilTheyWork() {
    FakePool pool = pool(1).thatHasWorked();
    pool.failingStarts = 4;
    FakeWork waiting = pool.submit();
    Eventually.holds(() -> pool.workers.size() == 2);
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
      Eventually.holds(() -> pool.workers.size() == known + 1);
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
    Eventually.holds(() -> pool.workers.size() == 2);
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
    Eventually.holds(() -> pool.workers.size() == 3);
    assertThat(waiting.outcome).isNotDone();
    pool.gone(pool.latest());
    assertThat(failure(waiting)).isInstanceOf(BrokenExecutorException.class)
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
    Eventually.holds(waiting.outcome::isDone);
    assertThat(failure(waiting)).isInstanceOf(BrokenExecutorException.class).hasMessageContaining("which is its limit")
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
      Eventually.holds(() -> pool.workers.size() == known + 1);
      FakeChannel worker = pool.ready(pool.latest());
      pool.run(worker);
      assertThat(waiting.outcome).isCompletedWithValue(1);
      pool.gone(worker);
    }
    assertThat(pool.dispatcher.failedStarts()).isEqualTo(3);
    pool.shutdown();
  }
}
