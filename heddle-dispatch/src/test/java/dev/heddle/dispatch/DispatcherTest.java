package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of tasks and workers, whatever workers are: with fake ones, step by step. */
@Bounded(seconds = 60)
class DispatcherTest {

  private static FakePool pool(int limit) {
    return new FakePool(limit, 0, 0);
  }

  @Test
  void idleWorker_thatEnds_costsNoTask() {
    FakePool pool = pool(1);
    FakeWork first = pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    pool.run(one);
    pool.gone(one);
    FakeWork second = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(second.outcome).isCompletedWithValue(1);
    assertThat(pool.exits(ExitReason.CRASHED)).isEqualTo(1);
    pool.shutdown();
  }

  @Test
  void task_departsOnceItIsSent_withoutTheLock() {
    FakePool pool = pool(1);
    FakeWork work = pool.submit();
    FakeChannel worker = pool.latest();
    List<Integer> arrived = new ArrayList<>();
    worker.asItDeparts = () -> { // another thread gets the lock meanwhile
      int workers = CompletableFuture.supplyAsync(() -> pool.dispatcher.load().workers()).join();
      arrived.add(workers * worker.arrived());
    };
    pool.ready(worker);
    assertThat(arrived).containsExactly(1);
    pool.run(worker);
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_whoseWorkersEndBeforeTheyBegin_failsAtTheThird() {
    FakePool pool = pool(1);
    FakeWork poison = pool.submit();
    FakeWork next = pool.submit();
    for (int i = 1; i <= 3; i++) {
      assertThat(poison.outcome).as("before crash %d", i).isNotDone();
      pool.gone(pool.ready(pool.latest()));
    }
    assertThat(FakePool.failure(poison)).isInstanceOf(FakeEnd.Crash.class).hasMessageContaining("had not begun");
    assertThat(pool.workers).hasSize(4);
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_thatMakesWorkersTooLargeBeforeTheyBegin_failsAtTheThird() {
    FakePool pool = new FakePool(1, 0, 1_000);
    FakeWork poison = pool.submit();
    for (int i = 1; i <= 3; i++) {
      FakeChannel worker = pool.ready(pool.latest());
      worker.memory = 2_000;
      pool.listener().look(worker);
      assertThat(worker.killed).contains("maxRss");
      assertThat(poison.outcome.isDone()).isEqualTo(i == 3);
      pool.gone(worker);
    }
    assertThat(FakePool.failure(poison)).isInstanceOf(FakeEnd.Crash.class).hasMessageContaining("maxRss");
    assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(3);
    pool.shutdown();
  }

  @Test
  void idleWorker_thatHasGrown_isDismissedBeforeTheNextTask() {
    FakePool pool = new FakePool(1, 0, 1_000);
    pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    pool.run(one);
    one.memory = 2_000;
    pool.listener().look(one);
    assertThat(one.quit).isTrue();
    FakeWork next = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).hasSize(2);
    pool.shutdown();
    assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(1);
  }

  @Test
  void worker_thatDoesNotTakeItsTask_isReplacedAtOnce() {
    FakePool pool = pool(1);
    FakeWork work = pool.submit();
    FakeChannel stuck = pool.ready(pool.latest());
    pool.clock.advance(Duration.ofSeconds(2));
    pool.listener().look(stuck);
    assertThat(stuck.killed).contains("did not take its task");
    pool.run(pool.ready(pool.latest()));
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void brokenPool_whoseLastWorkerCrashes_failsWhatComesBack() {
    FakePool pool = pool(1);
    List<FakeWork> all = new ArrayList<>();
    all.add(pool.submit());
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker); // from now on it is known that tasks are short
    for (int i = 0; i < 200; i++) {
      all.add(pool.submit());
    }
    assertThat(worker.sent.size()).as("some were sent ahead, and some were not").isBetween(2, 199);
    worker.claim();
    for (FakeWork each : all.subList(190, 201)) {
      assertThat(pool.dispatcher.withdraw(each)).isTrue();
      each.abort(new IllegalStateException("cancelled"));
    }
    pool.dispatcher.lock();
    try {
      pool.dispatcher.breakWith(new BrokenExecutorException("on purpose", new IllegalStateException("on purpose")));
    } finally {
      pool.dispatcher.unlock();
    }
    pool.dispatcher.deferred().run();
    pool.gone(worker);
    assertThat(all).allMatch(each -> each.outcome.isDone());
    assertThat(FakePool.failure(all.get(1))).isInstanceOf(FakeEnd.Crash.class);
    assertThat(FakePool.failure(all.get(2))).isInstanceOf(BrokenExecutorException.class);
    pool.shutdown();
  }

  @Test
  void breakWith_inABrokenPool_failsWhatHasComeBack() {
    FakePool pool = pool(1);
    FakeWork back = pool.submit(); // its worker is not ready, so it queues
    pool.dispatcher.lock();
    try {
      DispatchedTask task = Objects.requireNonNull(pool.dispatcher.workers().pending().poll());
      pool.dispatcher.breakWith(new BrokenExecutorException("first", new IllegalStateException("on purpose")));
      pool.dispatcher.workers().pending().addFirst(task);
      pool.dispatcher.workers().serve();
    } finally {
      pool.dispatcher.unlock();
    }
    pool.dispatcher.deferred().run();
    assertThat(FakePool.failure(back)).isInstanceOf(BrokenExecutorException.class);
    pool.shutdown();
  }

  @Test
  void replacement_ofAWorkerThatIsToRetire_isStartedWithItsLastTask() {
    FakePool pool = new FakePool(1, 1, 0);
    FakeWork first = pool.submit();
    FakeWork second = pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    assertThat(pool.workers).as("while the first one works").hasSize(2);
    pool.run(one);
    assertThat(one.quit).isTrue();
    pool.run(pool.ready(pool.latest()));
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(second.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).as("no other worker was started").hasSize(2);
    pool.shutdown();
  }

  @Test
  void shutdown_whileTheFirstWorkerStarts_startsNoOther() {
    FakePool pool = pool(2);
    FakeWork work = pool.submit();
    pool.dispatcher.shutdown();
    FakeChannel one = pool.ready(pool.latest());
    assertThat(one.killed).isEmpty();
    pool.run(one);
    assertThat(work.outcome).isCompletedWithValue(1);
    assertThat(one.quit).isTrue();
    assertThat(pool.workers).hasSize(1);
    assertThatThrownBy(pool::submit).isInstanceOf(RejectedExecutionException.class);
    pool.shutdown();
  }

  @Test
  void drain_afterShutdown_endsWorkersThatAreStillOnTheirWay() {
    FakePool pool = pool(2);
    pool.submit();
    pool.dispatcher.shutdown();
    assertThat(pool.latest().killed).isEmpty();
    assertThat(pool.dispatcher.drain()).hasSize(1);
    assertThat(pool.latest().killed).contains("not needed");
    pool.shutdown();
  }

  @Test
  void crash_afterShutdown_letsTheOthersFinish() {
    FakePool pool = pool(1);
    FakeWork struck = pool.submit();
    FakeWork queued = pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    one.claim();
    pool.dispatcher.shutdown();
    pool.gone(one);
    pool.run(pool.ready(pool.latest()));
    assertThat(FakePool.failure(struck)).isInstanceOf(FakeEnd.Crash.class);
    assertThat(queued.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void end_ofATaskThatWasNotGiven_condemnsItsWorkerOnly() {
    for (boolean twice : new boolean[]{false, true}) {
      FakePool pool = pool(1);
      pool.submit();
      FakeChannel liar = pool.ready(pool.latest());
      pool.run(liar);
      FakeWork struck = pool.submit();
      FakeWork behind = pool.submit();
      int id = liar.claim();
      if (twice) {
        pool.end(liar, id, id);
        assertThat(struck.outcome).isCompletedWithValue(1);
      } else {
        pool.end(liar, id + 77);
      }
      assertThat(liar.killed).contains("was not given");
      pool.run(pool.ready(pool.latest())); // before the liar is gone
      assertThat(behind.outcome).isCompletedWithValue(1);
      pool.gone(liar);
      if (!twice) {
        assertThat(FakePool.failure(struck)).isInstanceOf(FakeEnd.Crash.class);
      }
      assertThat(pool.exits(ExitReason.CRASHED)).as("this side has killed it").isZero();
      assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(1);
      pool.shutdown();
    }
  }

  @Test
  void end_ofAnotherAttempt_isNotTaken() {
    FakePool pool = pool(2);
    FakeWork work = pool.submit();
    DispatchedTask first = Objects.requireNonNull((DispatchedTask) work.attachment());
    pool.dispatcher.start(work); // tried again, while the first attempt's end is on the way
    DispatchedTask second = Objects.requireNonNull((DispatchedTask) work.attachment());
    Worker worker = new Worker(new FakeChannel(9), new FakeCodec.Outcomes(new FakeCodec()), false, _ -> {},
        System::nanoTime);
    Completions completions = new Completions(new TaskTimeline("fake", null, System::nanoTime));
    Completions.Completion end = completions.of(worker, first,
        new WorkerChannel.TaskEnd(1, true, 1, System.nanoTime(), FakeCodec.ONE));
    assertThat(end.isOf(first)).isTrue();
    assertThat(end.isOf(second)).isFalse();
  }

  @Test
  void settling_onAThreadWithoutStack_isDoneByAnother() {
    boolean[] deep = {true};
    FakeWork work = new FakeWork(
        () -> 1,
        () -> {
          if (deep[0]) {
            throw new StackOverflowError("on purpose");
          }
        });
    Completions completions = new Completions(new TaskTimeline("fake", null, System::nanoTime));
    DispatchedTask job = new DispatchedTask(work, () -> {});
    Completions.Completion end = completions.of(
        new Worker(new FakeChannel(9), new FakeCodec.Outcomes(new FakeCodec()), false, _ -> {}, System::nanoTime),
        job,
        new WorkerChannel.TaskEnd(1, true, 1, System.nanoTime(), FakeCodec.ONE));
    assertThatThrownBy(end::runForOthers).isInstanceOf(StackOverflowError.class);
    assertThat(work.outcome).isNotDone();
    deep[0] = false;
    end.run();
    assertThat(work.outcome).isCompletedWithValue(1);
  }

  @Test
  void launch_onAThreadWithoutStack_isTriedByAnother() {
    FakePool pool = pool(1);
    int[] tries = {0};
    FakeWork work = new FakeWork(
        () -> 1,
        () -> {
          if (++tries[0] < 3) {
            throw new StackOverflowError("on purpose");
          }
        });
    pool.dispatcher.start(work);
    FakeChannel worker = pool.ready(pool.latest());
    assertThat(tries[0]).as("by the thread that has no stack").isEqualTo(1);
    pool.dispatcher.deferred().run(); // as the threads of channels do
    pool.dispatcher.deferred().run();
    assertThat(tries[0]).isEqualTo(3);
    pool.run(worker);
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void spare_thatReplacesOne_leavesTheProcessorToTheTask_unlessItIsNeeded() {
    FakePool pool = FakePool.withSpares(2, 1, 0);
    pool.dispatcher.open();
    FakeChannel first = pool.ready(pool.latest());
    assertThat(first.startedNow).as("nothing runs").isTrue();
    FakeWork one = pool.submit();
    FakeChannel second = pool.latest();
    assertThat(second).isNotSameAs(first);
    assertThat(second.startedNow).as("a task has just been given away, and none waits").isFalse();
    assertThat(second.woken).isZero();
    FakeWork two = pool.submit();
    assertThat(second.woken).as("a task waits for it").isPositive();
    assertThat(pool.latest().startedNow).as("a task waits").isTrue();
    pool.run(first);
    pool.run(first);
    assertThat(one.outcome).isCompletedWithValue(1);
    assertThat(two.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void end_ofTheLastWorker_comesAfterItsTasksWereTold() {
    FakePool pool = pool(1);
    boolean[] ended = new boolean[1];
    FakeWork struck = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    worker.claim();
    pool.dispatcher.shutdown();
    struck.outcome.whenComplete((_, _) -> ended[0] = pool.dispatcher.isTerminated());
    pool.gone(worker);
    assertThat(struck.outcome).isCompletedExceptionally();
    assertThat(ended[0]).as("terminated while the task was being told").isFalse();
    assertThat(pool.dispatcher.isTerminated()).isTrue();
  }
}
