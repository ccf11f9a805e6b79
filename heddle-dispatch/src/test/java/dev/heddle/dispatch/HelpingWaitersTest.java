package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a thread that waits for a task reads and does meanwhile, and what it leaves to the threads of the channels. */
@Bounded(seconds = 60)
class HelpingWaitersTest {
  private final FakePool pool = FakePool.of(1);
  private final List<Runnable> left = new ArrayList<>();

  /** The end of a worker's task is read by a thread that helps: it does its share, and leaves the rest. */
  private void read(FakePool from, FakeChannel worker, WorkerChannel.Share share, boolean success, byte[] outcome) {
    List<Runnable> actions = new ArrayList<>();
    from.listener().ended(worker,
        List.of(new WorkerChannel.TaskEnd(worker.claim(), success, 1_000, from.clock.getAsLong(), outcome)), actions);
    for (Runnable each : actions) {
      if (share.takes(each)) {
        share.perform(each);
      } else {
        left.add(each);
      }
    }
  }

  /** At its next poll a worker's task has ended, with that outcome. */
  private void endsAtTheNextPoll(FakePool from, FakeChannel worker, boolean success, byte[] outcome) {
    worker.asItIsPolled = share -> {
      if (!worker.sent.isEmpty()) {
        read(from, worker, share, success, outcome);
      }
      from.clock.advance(Duration.ofNanos(50_000));
    };
  }

  /** At its third poll a worker's task has ended, with that outcome. */
  private void endsAtTheThirdPoll(FakeChannel worker, byte[] outcome) {
    int[] polls = {0};
    worker.asItIsPolled = share -> {
      if (++polls[0] == 3) {
        read(pool, worker, share, true, outcome);
      }
    };
  }

  private FakeChannel worker() {
    return pool.ready(pool.latest());
  }

  @Test
  void help_untilTheTaskHasEnded_completesIt() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    endsAtTheThirdPoll(worker, FakeCodec.ONE);
    pool.dispatcher.help(task, Long.MAX_VALUE);
    assertThat(task.outcome).isCompletedWithValue(1);
    assertThat(left).isEmpty();
    assertThat(worker.polling).isZero();
    assertThat(worker.polled).containsExactly(true);
    pool.shutdown();
  }

  @Test
  void help_untilItsTimeIsOver_returns() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    int[] polls = {0};
    worker.asItIsPolled = _ -> {
      polls[0]++;
      pool.clock.advance(Duration.ofNanos(10_000));
    };
    pool.dispatcher.help(task, Long.MAX_VALUE);
    assertThat(polls[0]).as("polls of 10 µs").isEqualTo(10);
    assertThat(worker.polled).containsExactly(false);
    assertThat(worker.polling).isZero();
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void help_whenPollingFails_isEnded() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    worker.asItIsPolled = _ -> {
      throw new StackOverflowError("on purpose");
    };
    try {
      pool.dispatcher.help(task, Long.MAX_VALUE);
    } catch (StackOverflowError e) {
      assertThat(e).hasMessage("on purpose");
    }
    assertThat(worker.polled).as("it has polled").isNotEmpty();
    assertThat(worker.polling).as("else no thread reads any more").isZero();
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void outcomeThatTakesItsTime_isDecodedByItsOwnWaiterAfterItHasReadEverything() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    endsAtTheThirdPoll(worker, FakeCodec.SLOW_TWO);
    List<Integer> polling = new ArrayList<>();
    task.outcome.whenComplete((_, _) -> polling.add(worker.polling));
    pool.dispatcher.help(task, Long.MAX_VALUE);
    assertThat(task.outcome).isCompletedWithValue(2);
    assertThat(polling).as("others can read meanwhile").containsExactly(0);
    assertThat(left).isEmpty();
    assertThat(worker.polled).containsExactly(true);
    pool.shutdown();
  }

  @Test
  void outcomeThatTakesItsTime_isLeftByAWaiterWithATimeLimit() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    endsAtTheNextPoll(pool, worker, true, FakeCodec.SLOW_TWO);
    pool.dispatcher.help(task, Duration.ofSeconds(1).toNanos());
    assertThat(task.outcome).isNotDone();
    assertThat(left).hasSize(1);
    left.forEach(Runnable::run);
    assertThat(task.outcome).isCompletedWithValue(2);
    pool.shutdown();
  }

  @Test
  void outcomesOfOtherTasks_areReadIfTheyAreBriefAndLeftIfNot() {
    for (byte[] outcome : new byte[][]{FakeCodec.ONE, FakeCodec.SLOW_TWO}) {
      FakePool two = FakePool.of(2);
      FakeWork own = two.submit();
      FakeWork other = two.submit();
      FakeChannel worker = two.ready(two.workers.getFirst());
      FakeChannel another = two.ready(two.workers.get(1));
      left.clear();
      endsAtTheNextPoll(two, another, true, outcome);
      two.dispatcher.help(own, Long.MAX_VALUE);
      boolean brief = outcome == FakeCodec.ONE;
      assertThat(other.outcome.isDone()).isEqualTo(brief);
      assertThat(left).hasSize(brief ? 0 : 1);
      assertThat(own.outcome).isNotDone();
      assertThat(List.of(worker.polled, another.polled)).containsOnly(List.of(false));
      assertThat(worker.polling + another.polling).isZero();
      left.forEach(Runnable::run);
      assertThat(other.outcome).isDone();
      two.run(worker);
      two.shutdown();
    }
  }

  @Test
  void nextTaskOfTheWorker_isLaunchedByTheThreadThatHelps() {
    FakeWork own = pool.submit();
    boolean[] begun = new boolean[1];
    pool.submit(() -> begun[0] = true);
    FakeChannel worker = worker();
    endsAtTheThirdPoll(worker, FakeCodec.ONE);
    pool.dispatcher.help(own, Long.MAX_VALUE);
    assertThat(begun[0]).isTrue();
    assertThat(worker.sent).hasSize(1);
    assertThat(left).isEmpty();
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void failure_isLeftToTheChannelsThreadByOthers() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    endsAtTheNextPoll(pool, worker, false, FakeCodec.ONE);
    pool.dispatcher.help(task, 1_000_000);
    assertThat(task.outcome).isNotDone();
    left.forEach(Runnable::run);
    assertThat(FakePool.failure(task)).isInstanceOf(IllegalStateException.class).hasMessage("fake");
    pool.shutdown();
  }

  // ---- when it does not pay ----

  private static int pollsOf(FakePool pool, FakeWork task, FakeChannel worker, long nanos) {
    int[] polls = {0};
    worker.asItIsPolled = _ -> {
      polls[0]++;
      pool.clock.advance(Duration.ofNanos(100_000));
    };
    pool.dispatcher.help(task, nanos);
    return polls[0];
  }

  @Test
  void shortWait_isNotUsed() {
    FakeWork task = pool.submit();
    FakeChannel worker = worker();
    assertThat(pollsOf(pool, task, worker, 99_999)).isZero();
    assertThat(pollsOf(pool, task, worker, 100_000)).isEqualTo(1);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void waitForLongTasks_isNotUsed() {
    FakeWork first = pool.submit();
    FakeChannel worker = worker();
    pool.end(worker, Duration.ofNanos(200_000));
    FakeWork quick = pool.submit();
    assertThat(pollsOf(pool, quick, worker, Long.MAX_VALUE)).isEqualTo(1);
    pool.end(worker, Duration.ofNanos(200_100));
    FakeWork slow = pool.submit();
    assertThat(pollsOf(pool, slow, worker, Long.MAX_VALUE)).isZero();
    assertThat(first.outcome).isCompletedWithValue(1);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void waitForATaskWithoutAWorker_isNotUsed() {
    FakeWork task = pool.submit();
    FakeChannel starting = pool.latest();
    assertThat(pollsOf(pool, task, starting, Long.MAX_VALUE)).isZero();
    pool.dispatcher.help(new FakeWork(() -> 1, () -> {}), Long.MAX_VALUE);
    pool.run(pool.ready(starting));
    pool.shutdown();
  }

  @Test
  void waits_inAPoolThatDoesNotAllowIt_areNotUsed() {
    FakePool other = new FakePool(1, 0, 0, 0, Integer.MAX_VALUE, Duration.ofDays(1), false, null);
    FakeWork task = other.submit();
    FakeChannel worker = other.ready(other.latest());
    assertThat(pollsOf(other, task, worker, Long.MAX_VALUE)).isZero();
    other.run(worker);
    other.shutdown();
  }

  @Test
  void manyWorkers_areNotAllPolled() {
    for (int number : new int[]{8, 9}) {
      FakePool many = FakePool.of(number);
      List<FakeWork> all = many.submit(number);
      many.workers.forEach(many::ready);
      many.workers.getFirst().asItIsPolled = _ -> many.clock.advance(Duration.ofNanos(1_000));
      many.dispatcher.help(all.getFirst(), Long.MAX_VALUE);
      assertThat(many.workers.stream().filter(each -> !each.polled.isEmpty())).hasSize(number == 8 ? 8 : 1);
      many.workers.forEach(many::run);
      many.shutdown();
    }
  }
}
