package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from the reports of workers, also of those that come twice, too late, or from a worker that is unknown. */
@Bounded(seconds = 60)
class WorkerReportsTest {
  private final FakePool pool = FakePool.of(1);

  @Test
  void unprepared_failsTheTasksThatWaitAndNamesThePoolAndTheWorker() {
    FakeWork waiting = pool.submit();
    IllegalStateException why = new IllegalStateException("no database");
    pool.listener().unprepared(pool.latest(), why);
    assertThat(FakePool.failure(waiting)).isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("executor 'fake' is broken").hasMessageContaining("in fake 1")
        .hasMessageContaining("no database").hasRootCause(why);
    assertThat(pool.latest().killed).as("it is not needed any more").isNotEmpty();
    pool.gone(pool.latest());
    assertThat(pool.workers).as("no other one is tried").hasSize(1);
    pool.shutdown();
  }

  @Test
  void ready_twice_countsOnce() {
    pool.submit(3);
    FakeChannel worker = pool.ready(pool.latest());
    pool.ready(worker);
    assertThat(worker.sent).hasSize(1);
    pool.run(worker);
    pool.run(worker);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void ready_ofAWorkerThatIsToEnd_givesItNoTask() {
    pool.cancel(pool.submit());
    FakeChannel worker = pool.latest();
    pool.dispatcher.shutdown();
    pool.ready(worker);
    assertThat(worker.killed).isNotEmpty();
    assertThat(worker.quit).as("it was killed already").isFalse();
    pool.shutdown();
  }

  @Test
  void reports_ofAWorkerThatIsGone_areIgnored() {
    FakeWork task = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    int id = worker.claim();
    pool.gone(worker);
    assertThat(FakePool.failure(task)).isInstanceOf(FakeEnd.Crash.class);
    pool.ready(worker);
    pool.end(worker, id);
    pool.gone(worker);
    pool.listener().look(worker);
    assertThat(pool.listener().taskName(worker, id)).isEmpty();
    assertThat(pool.exits(ExitReason.CRASHED)).isEqualTo(1);
    assertThat(worker.recorded).containsExactly(0L);
    FakeWork next = pool.submit();
    assertThat(worker.sent).isEmpty();
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void taskName_isThatOfTheTaskThatWasSentUnderTheNumber() {
    pool.submit(2);
    FakeChannel worker = pool.ready(pool.latest());
    assertThat(pool.listener().taskName(worker, 1)).isEqualTo("fake");
    assertThat(pool.listener().taskName(worker, 2)).isEmpty();
    pool.run(worker);
    assertThat(pool.listener().taskName(worker, 1)).isEmpty();
    assertThat(pool.listener().taskName(worker, 2)).isEqualTo("fake");
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void severalEnds_inOneReport_completeEachTask() {
    List<FakeWork> all = pool.submit(1);
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    all.addAll(pool.submit(2));
    pool.end(worker, worker.claim(), worker.claim());
    assertThat(all).allMatch(each -> each.outcome.isDone());
    assertThat(pool.dispatcher.snapshot().getFirst().finished()).isEqualTo(3);
    pool.shutdown();
  }

  @Test
  void failedTask_failsItsFuture() {
    FakeWork task = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.report(worker, List.of(new WorkerChannel.TaskEnd(worker.claim(), false, 1, pool.clock.getAsLong(), FakeCodec.ONE)));
    assertThat(FakePool.failure(task)).isInstanceOf(IllegalStateException.class).hasMessage("fake");
    pool.shutdown();
  }

  // ---- ends of workers ----

  @Test
  void end_isRecordedWithTheNumberOfTasksAndWhetherItWasExpected() {
    pool.submit();
    FakeChannel crashed = pool.ready(pool.latest());
    pool.run(crashed);
    pool.gone(crashed);
    assertThat(crashed.recorded).containsExactly(1L);
    assertThat(crashed.unexpected).isTrue();
    pool.submit();
    FakeChannel told = pool.ready(pool.latest());
    pool.run(told);
    pool.shutdown();
    assertThat(told.recorded).containsExactly(1L);
    assertThat(told.unexpected).isFalse();
  }

  @Test
  void workerThatEndsBeforeItHasConnected_isToldToTheFactory() {
    pool.submit();
    FakeChannel connected = pool.latest();
    pool.clock.advanceNanos(1);
    pool.gone(connected);
    FakeChannel unconnected = pool.latest();
    unconnected.connected = false;
    pool.clock.advanceNanos(1);
    pool.gone(unconnected);
    assertThat(pool.unconnected).containsExactly(unconnected);
    FakeChannel ready = pool.ready(pool.latest());
    ready.connected = false;
    pool.run(ready);
    pool.gone(ready);
    assertThat(pool.unconnected).as("that one was ready").hasSize(1);
    pool.shutdown();
  }

  @Test
  void tasksThatAreLostWithTheirWorker_failThoughOneOfThemCannot() {
    pool.submit();
    FakeWork running = pool.submit();
    OutOfMemoryError why = new OutOfMemoryError("on purpose");
    FakeWork without = pool.submit(() -> {
      throw why;
    });
    FakeWork last = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    for (int i = 0; i < 3; i++) {
      worker.claim(); // the ends of the first two have not been reported
    }
    pool.gone(worker);
    assertThat(FakePool.failure(running)).isInstanceOf(FakeEnd.Crash.class);
    assertThat(FakePool.failure(without)).isSameAs(why);
    assertThat(FakePool.failure(last)).isInstanceOf(FakeEnd.Crash.class);
    pool.shutdown();
  }
}
