package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What a cancellation does to a task wherever it is, to its worker, and to the other tasks. */
@Bounded(seconds = 60)
class CancellationsTest {
  private final FakePool pool = FakePool.of(1);
  private final FakeChannel worker = idle();
  private final FakeWork first = pool.submit();
  private final FakeWork second = pool.submit(); // sent ahead, as is the third
  private final FakeWork third = pool.submit();

  private FakeChannel idle() {
    pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    pool.run(one);
    return one;
  }

  // ---- tasks that have not begun ----

  @Test
  void withdraw_ofATaskThatWasSentAhead_takesItBack() {
    int id = worker.claim();
    assertThat(pool.dispatcher.withdraw(second)).isTrue();
    second.outcome.cancel(false);
    assertThat(worker.sent).hasSize(1);
    pool.end(worker, id);
    pool.run(worker);
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(third.outcome).isCompletedWithValue(1);
    assertThat(worker.killed).isEmpty();
    pool.shutdown();
  }

  @Test
  void withdraw_ofATaskThatWasSentAhead_makesRoomForAnother() {
    FakePool two = FakePool.of(1);
    two.submit();
    FakeChannel slower = two.ready(two.latest());
    two.end(slower, Duration.ofNanos(400_000)); // three at once
    two.submit();
    FakeWork cancelled = two.submit();
    two.submit();
    FakeWork waiting = two.submit();
    assertThat(slower.sent).hasSize(3);
    two.cancel(cancelled);
    two.end(slower, Duration.ofNanos(400_000));
    two.end(slower, Duration.ofNanos(400_000));
    two.end(slower, Duration.ofNanos(400_000));
    assertThat(waiting.outcome).isCompletedWithValue(1);
    assertThat(cancelled.outcome).isCancelled();
    two.shutdown();
  }

  @Test
  void withdraw_ofATaskThatWaits_takesItOut() {
    FakePool starting = FakePool.of(1);
    FakeWork cancelled = starting.submit();
    FakeWork next = starting.submit();
    assertThat(starting.dispatcher.withdraw(cancelled)).isTrue();
    assertThat(cancelled.attachment()).isNull();
    assertThat(starting.dispatcher.withdraw(cancelled)).as("once more").isTrue();
    cancelled.outcome.cancel(false);
    FakeChannel one = starting.ready(starting.latest());
    starting.run(one);
    assertThat(next.outcome).isCompletedWithValue(1);
    assertThat(one.sent).isEmpty();
    starting.shutdown();
  }

  @Test
  void withdraw_ofATaskThatItsWorkerHasStarted_isRefusedAndTheTaskBegins() {
    boolean[] begun = new boolean[1];
    FakePool other = FakePool.of(1);
    other.submit();
    FakeChannel one = other.ready(other.latest());
    other.run(one);
    FakeWork running = other.submit();
    FakeWork next = other.submit(() -> begun[0] = true);
    int id = one.claim();
    int nextId = one.claim(); // its end has not been reported yet
    assertThat(begun[0]).isFalse();
    assertThat(other.dispatcher.withdraw(next)).isFalse();
    assertThat(begun[0]).isTrue();
    other.end(one, id, nextId);
    assertThat(List.of(running.outcome.isDone(), next.outcome.isDone())).containsOnly(true);
    other.shutdown();
  }

  @Test
  void withdraw_ofATaskThatHasBegun_isRefused() {
    worker.claim();
    assertThat(pool.dispatcher.withdraw(first)).isFalse();
    pool.end(worker, 2);
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(pool.dispatcher.withdraw(first)).as("it is not here any more").isTrue();
    pool.run(worker);
    pool.run(worker);
    pool.shutdown();
  }

  // ---- tasks that have begun ----

  @Test
  void stop_ofATaskThatRuns_killsItsWorkerAndSparesTheOthers() {
    worker.claim();
    pool.clock.advance(Duration.ofSeconds(5));
    pool.cancel(first);
    assertThat(worker.killed).contains("was cancelled or timed out");
    FakeChannel next = pool.ready(pool.latest());
    pool.run(next);
    pool.run(next);
    assertThat(second.outcome).isCompletedWithValue(1);
    assertThat(third.outcome).isCompletedWithValue(1);
    pool.gone(worker);
    assertThat(pool.exits(ExitReason.STOPPED)).isEqualTo(1);
    pool.shutdown();
  }

  @Test
  void stop_ofATaskThatHasJustBeenSent_sparesItsWorker() {
    pool.clock.advance(Duration.ofNanos(9_999_999));
    pool.dispatcher.stop(first); // a time-out
    assertThat(worker.killed).isEmpty();
    assertThat(FakePool.failure(first)).isInstanceOf(CancellationException.class)
        .hasMessageContaining("before a worker ran it");
    assertThat(pool.dispatcher.running()).as("the next one has begun").containsExactly(second);
    pool.run(worker);
    pool.run(worker);
    assertThat(second.outcome).isCompletedWithValue(1);
    assertThat(third.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void stop_ofATaskThatItsWorkerDoesNotTake_killsThatWorker() {
    pool.clock.advance(Duration.ofMillis(10));
    pool.cancel(first);
    assertThat(worker.killed).isNotEmpty();
    FakeChannel next = pool.ready(pool.latest());
    pool.run(next);
    pool.run(next);
    assertThat(worker.sent).as("it is not sent again").isEmpty();
    assertThat(List.of(second.outcome.isDone(), third.outcome.isDone())).containsOnly(true);
    assertThat(next.sent).isEmpty();
    pool.shutdown();
  }

  @Test
  void stop_ofATaskWhoseEndIsUnderWay_sparesItsWorker() {
    int id = worker.claim();
    worker.passed.add(id);
    pool.cancel(first);
    assertThat(worker.killed).isEmpty();
    pool.end(worker, id);
    assertThat(first.outcome).isCancelled();
    pool.run(worker);
    pool.run(worker);
    assertThat(List.of(second.outcome.isDone(), third.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void stop_ofATaskBehindWhichAnotherHasStarted_sparesTheOther() {
    int id = worker.claim();
    int next = worker.claim();
    worker.passed.add(id);
    pool.cancel(first);
    assertThat(worker.killed).isEmpty();
    pool.end(worker, id, next);
    assertThat(second.outcome).isCompletedWithValue(1);
    pool.run(worker);
    assertThat(third.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void stop_ofATaskThatWaitsForAnotherWorker_failsItAtOnce() {
    pool.gone(worker); // all of its tasks wait again; the first one had begun
    pool.dispatcher.stop(first);
    assertThat(FakePool.failure(first)).isInstanceOf(CancellationException.class);
    FakeChannel next = pool.ready(pool.latest());
    pool.run(next);
    pool.run(next);
    assertThat(next.sent).isEmpty();
    assertThat(List.of(second.outcome.isDone(), third.outcome.isDone())).containsOnly(true);
    pool.shutdown();
  }

  @Test
  void stop_ofAnAttemptThatHasEnded_doesNothing() {
    pool.run(worker);
    assertThat(first.attachment()).as("nothing of it is kept").isNull();
    pool.dispatcher.stop(first);
    worker.claim();
    FakeWork other = new FakeWork(() -> 1, () -> {});
    other.attach(second.attachment()); // whose attempt is another
    pool.dispatcher.stop(other);
    assertThat(worker.killed).isEmpty();
    pool.end(worker, 3);
    assertThat(second.outcome).isCompletedWithValue(1);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void outcome_ofATaskThatWasCancelledAsItBegan_isDiscarded() {
    FakePool other = FakePool.of(1);
    other.submit();
    FakeChannel one = other.ready(other.latest());
    other.run(one);
    other.submit();
    FakeWork ahead = other.submit();
    ahead.outcome.cancel(false);
    int id = one.claim();
    other.end(one, id, one.claim()); // both at once, so that the second had no time to begin here
    assertThat(other.codec.discarded).hasValue(1);
    other.shutdown();
  }

  // ---- all tasks ----

  @Test
  void drain_takesBackWhatHasNotBegun() {
    worker.claim();
    assertThat(pool.dispatcher.drain()).containsExactly(second, third);
    assertThat(worker.sent).isEmpty();
    assertThat(second.attachment()).isNull();
    pool.end(worker, 2);
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(worker.quit).isFalse();
    pool.shutdown();
  }

  @Test
  void drain_leavesATaskThatHasBegunAndWaitsForAnotherWorker() {
    pool.gone(worker);
    assertThat(pool.dispatcher.drain()).containsExactly(second, third);
    pool.run(pool.ready(pool.latest()));
    assertThat(first.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }
}
