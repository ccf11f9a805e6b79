package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of tasks and workers, whatever workers are: with fake ones, step by step. */
@Bounded(seconds = 60)
class DispatcherTest {

  private static FakePool pool(int limit) {
    return new FakePool(limit, ProcessOptions.defaults());
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
  void dispatcher_knowsWorkersAsChannelsOnly() throws IOException {
    for (Class<?> each : List.of(
        ProcessEngine.class, Crew.class, Worker.class, Job.class, Backlog.class, Pipeline.class, Afterwards.class,
        WorkerReports.class, Settlement.class, Settlement.Settling.class, Health.class, Lifetime.class, Lending.class)) {
      try (InputStream in = each
          .getResourceAsStream(each.getName().substring(each.getPackageName().length() + 1) + ".class")) {
        assertThat(in).isNotNull();
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .as(each.getSimpleName())
            .doesNotContain("ProcessChannel", "WorkerProcess", "ChannelInput", "ChannelOutput", "java/lang/Process;");
      }
    }
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
    assertThat(pool.reports.restarts().crashed()).isEqualTo(1);
    pool.close();
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
    assertThat(failure(poison)).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("had not begun");
    assertThat(pool.workers).hasSize(4);
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.close();
  }

  @Test
  void task_thatMakesWorkersTooLargeBeforeTheyBegin_failsAtTheThird() {
    FakePool pool = new FakePool(1, ProcessOptions.defaults().withMaxRss(1_000));
    FakeWork poison = pool.submit();
    for (int i = 1; i <= 3; i++) {
      FakeChannel worker = pool.ready(pool.latest());
      worker.memory = 2_000;
      pool.reports.look(worker);
      assertThat(worker.killed).contains("maxRss");
      assertThat(poison.outcome.isDone()).isEqualTo(i == 3);
      pool.gone(worker);
    }
    assertThat(failure(poison)).isInstanceOf(WorkerCrashedException.class).hasMessageContaining("maxRss");
    assertThat(pool.reports.restarts().unfit()).isEqualTo(3);
    pool.close();
  }

  @Test
  void idleWorker_thatHasGrown_isDismissedBeforeTheNextTask() {
    FakePool pool = new FakePool(1, ProcessOptions.defaults().withMaxRss(1_000));
    pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    pool.run(one);
    one.memory = 2_000;
    pool.reports.look(one);
    assertThat(one.quit).isTrue();
    FakeWork next = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).hasSize(2);
    pool.close();
    assertThat(pool.reports.restarts().unfit()).isEqualTo(1);
  }

  @Test
  void worker_thatDoesNotTakeItsTask_isReplacedAtOnce() {
    FakePool pool = pool(1);
    FakeWork work = pool.submit();
    FakeChannel stuck = pool.ready(pool.latest());
    pool.reports.look(stuck);
    assertThat(stuck.killed).contains("did not take its task");
    pool.run(pool.ready(pool.latest()));
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.close();
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
      assertThat(pool.engine.withdraw(each)).isTrue();
      each.abort(new IllegalStateException("cancelled"));
    }
    pool.engine.lock();
    try {
      pool.engine.breakWith(new BrokenExecutorException("on purpose", new IllegalStateException("on purpose")));
    } finally {
      pool.engine.unlock();
    }
    pool.engine.afterwards().run();
    pool.gone(worker);
    assertThat(all).allMatch(each -> each.outcome.isDone());
    assertThat(failure(all.get(1))).isInstanceOf(WorkerCrashedException.class);
    assertThat(failure(all.get(2))).isInstanceOf(BrokenExecutorException.class);
    pool.close();
  }

  @Test
  void start_thatCannotBeTriedForAMoment_breaksNothing() {
    FakePool pool = pool(1);
    pool.failingStarts = 2;
    FakeWork work = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.close();
  }

  @Test
  void start_thatCanNeverBeTried_breaksThePool() {
    FakePool pool = pool(1);
    pool.failingStarts = 3;
    assertThat(failure(pool.submit())).isInstanceOf(BrokenExecutorException.class).hasMessageContaining("no threads");
    assertThatThrownBy(pool::submit).isInstanceOf(BrokenExecutorException.class);
    pool.close();
  }

  @Test
  void replacement_ofAWorkerThatIsToRetire_isStartedWithItsLastTask() {
    FakePool pool = new FakePool(1, ProcessOptions.defaults().withMaxTasksPerWorker(1));
    FakeWork first = pool.submit();
    FakeWork second = pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    assertThat(pool.workers).as("while the first one works").hasSize(2);
    pool.run(one);
    assertThat(one.quit).isTrue();
    pool.run(pool.ready(pool.latest()));
    assertThat(first.outcome).isCompletedWithValue(1);
    assertThat(second.outcome).isCompletedWithValue(1);
    assertThat(pool.workers).as("nobody else was needed").hasSize(2);
    pool.close();
  }

  @Test
  void shutdown_whileTheFirstWorkerStarts_startsNoOther() {
    FakePool pool = pool(2);
    FakeWork work = pool.submit();
    pool.engine.shutdown();
    FakeChannel one = pool.ready(pool.latest());
    assertThat(one.killed).isEmpty();
    pool.run(one);
    assertThat(work.outcome).isCompletedWithValue(1);
    assertThat(one.quit).isTrue();
    assertThat(pool.workers).hasSize(1);
    assertThatThrownBy(pool::submit).isInstanceOf(RejectedExecutionException.class);
    pool.close();
  }

  @Test
  void drain_afterShutdown_endsWorkersThatAreStillOnTheirWay() {
    FakePool pool = pool(2);
    pool.submit();
    pool.engine.shutdown();
    assertThat(pool.latest().killed).isEmpty();
    assertThat(pool.engine.drain()).hasSize(1);
    assertThat(pool.latest().killed).contains("not needed");
    pool.close();
  }

  @Test
  void crash_afterShutdown_letsTheOthersFinish() {
    FakePool pool = pool(1);
    FakeWork struck = pool.submit();
    FakeWork queued = pool.submit();
    FakeChannel one = pool.ready(pool.latest());
    one.claim();
    pool.engine.shutdown();
    pool.gone(one);
    pool.run(pool.ready(pool.latest()));
    assertThat(failure(struck)).isInstanceOf(WorkerCrashedException.class);
    assertThat(queued.outcome).isCompletedWithValue(1);
    pool.close();
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
        assertThat(failure(struck)).isInstanceOf(WorkerCrashedException.class);
      }
      assertThat(pool.reports.restarts().crashed()).as("this side has killed it").isZero();
      assertThat(pool.reports.restarts().unfit()).isEqualTo(1);
      pool.close();
    }
  }

  @Test
  void end_ofAnotherAttempt_isNotTaken() {
    FakePool pool = pool(2);
    FakeWork work = pool.submit();
    Job first = Objects.requireNonNull((Job) work.attachment());
    pool.engine.start(work); // tried again, while the first attempt's end is on the way
    Job second = Objects.requireNonNull((Job) work.attachment());
    Worker worker = new Worker(new FakeChannel(9), false);
    Settlement settlement = new Settlement("fake", null, pool.encoder.values(), pool.encoder.failures(), pool.arrays);
    Settlement.Settling end = settlement.of(worker, first, new WorkerChannel.TaskEnd(1, true, 1, pool.one()));
    assertThat(end.isOf(first)).isTrue();
    assertThat(end.isOf(second)).isFalse();
  }

  @Test
  void settling_onAThreadWithoutStack_isDoneByAnother() {
    FakePool pool = pool(1);
    boolean[] deep = {true};
    FakeWork work = new FakeWork(
        () -> 1,
        () -> {
          if (deep[0]) {
            throw new StackOverflowError("on purpose");
          }
        });
    Settlement settlement = new Settlement("fake", null, pool.encoder.values(), pool.encoder.failures(), pool.arrays);
    Job job = new Job(work, pool.encoder.encode(BacklogTest.ONE));
    Settlement.Settling end = settlement.of(new Worker(new FakeChannel(9), false), job,
        new WorkerChannel.TaskEnd(1, true, 1, pool.one()));
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
    pool.engine.start(work);
    FakeChannel worker = pool.ready(pool.latest());
    assertThat(tries[0]).as("by the thread that has no stack").isEqualTo(1);
    pool.engine.afterwards().run(); // as the threads of channels do
    pool.engine.afterwards().run();
    assertThat(tries[0]).isEqualTo(3);
    pool.run(worker);
    assertThat(work.outcome).isCompletedWithValue(1);
    pool.close();
  }
}
