package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a worker is looked at, and what ends one that idles, grows or hangs. */
@Bounded(seconds = 60)
class HealthTest {
  private static final long IDLE_MILLIS = FakePool.IDLE_TIMEOUT.toMillis();
  private static final long MEMORY = 100L << 20;

  private static FakeChannel idle(FakePool pool) {
    pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.run(worker);
    return worker;
  }

  // ---- when ----

  @Test
  void workerThatIdles_isLookedAtTwiceAndThenLeftAloneUntilItsTimeIsOver() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    assertThat(pool.listener().nextLook(worker)).isEqualTo(1_000);
    pool.clock.advance(Duration.ofMillis(1_999));
    assertThat(pool.listener().nextLook(worker)).isEqualTo(1_000);
    pool.clock.advance(Duration.ofMillis(1));
    assertThat(pool.listener().nextLook(worker)).isEqualTo(IDLE_MILLIS - 2_000 + 1);
    pool.clock.advance(Duration.ofDays(1));
    assertThat(pool.listener().nextLook(worker)).as("overdue").isEqualTo(1);
    pool.shutdown();
  }

  @Test
  void workerOfAPoolWithAMemoryLimit_isLookedAtOften() {
    FakePool pool = new FakePool(1, 0, MEMORY);
    FakeChannel worker = idle(pool);
    assertThat(pool.listener().nextLook(worker)).isEqualTo(100);
    pool.clock.advance(Duration.ofMillis(200));
    assertThat(pool.listener().nextLook(worker)).as("it does not grow any more").isEqualTo(IDLE_MILLIS - 200 + 1);
    pool.submit();
    assertThat(pool.listener().nextLook(worker)).isEqualTo(100);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void workerThatStartsOrWorks_isLookedAtTwiceInItsTimeToTakeATask() {
    FakePool pool = FakePool.of(1);
    pool.submit();
    FakeChannel worker = pool.latest();
    assertThat(pool.listener().nextLook(worker)).isEqualTo(FakePool.CLAIM_TIMEOUT.toMillis() / 2);
    pool.ready(worker);
    assertThat(pool.listener().nextLook(worker)).isEqualTo(FakePool.CLAIM_TIMEOUT.toMillis() / 2);
    pool.run(worker);
    pool.shutdown();
    assertThat(pool.listener().nextLook(worker)).as("it is gone").isPositive();
  }

  @Test
  void spareWorker_isNotLookedAtBeforeItsTimeIsOver() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.dispatcher.open();
    FakeChannel spare = pool.ready(pool.latest());
    assertThat(pool.listener().nextLook(spare)).isEqualTo(IDLE_MILLIS + 1);
    pool.shutdown();
  }

  @Test
  void workerThatIsLeftAlone_isWokenUpWithItsNextTask() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    pool.clock.advance(Duration.ofSeconds(1));
    pool.submit();
    assertThat(worker.woken).as("it is looked at anyway").isZero();
    pool.run(worker);
    pool.clock.advance(Duration.ofSeconds(1).plusNanos(1));
    pool.submit();
    assertThat(worker.woken).isEqualTo(1);
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void workerOfAPoolWithAMemoryLimit_isWokenUpEarlier() {
    FakePool pool = new FakePool(1, 0, MEMORY);
    FakeChannel worker = idle(pool);
    pool.clock.advance(Duration.ofMillis(101));
    pool.submit();
    assertThat(worker.woken).isEqualTo(1);
    pool.run(worker);
    pool.shutdown();
  }

  // ---- idle workers ----

  @Test
  void workerThatIdlesTooLong_isToldToEnd() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    pool.clock.advance(FakePool.IDLE_TIMEOUT);
    pool.listener().look(worker);
    assertThat(worker.quit).isFalse();
    pool.clock.advanceNanos(1);
    pool.listener().look(worker);
    assertThat(worker.quit).isTrue();
    assertThat(worker.killed).isEmpty();
    pool.gone(worker);
    assertThat(pool.exits(ExitReason.IDLE)).isEqualTo(1);
    pool.shutdown();
  }

  @Test
  void workerThatHasWorked_mayIdleForTheWholeTimeAgain() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    pool.submit();
    int id = worker.claim();
    pool.clock.advance(Duration.ofHours(1));
    pool.end(worker, id);
    pool.listener().look(worker);
    assertThat(worker.quit).isFalse();
    pool.clock.advance(FakePool.IDLE_TIMEOUT.plusNanos(1));
    pool.listener().look(worker);
    assertThat(worker.quit).isTrue();
    pool.shutdown();
  }

  @Test
  void task_whileAWorkerEndsThatIdledTooLong_runsOnAnother() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    pool.clock.advance(FakePool.IDLE_TIMEOUT.plusNanos(1));
    pool.listener().look(worker);
    FakeWork task = pool.submit();
    assertThat(worker.sent).isEmpty();
    pool.run(pool.ready(pool.latest()));
    assertThat(task.outcome).isCompletedWithValue(1);
    worker.quit = false;
    pool.listener().look(worker);
    assertThat(worker.quit).as("told twice").isFalse();
    pool.shutdown();
  }

  @Test
  void spareWorkers_stayAsLongAsOthersWork() {
    FakePool pool = FakePool.withSpares(1, 1, 0);
    pool.submit();
    FakeChannel worker = pool.ready(pool.workers.getFirst());
    pool.run(worker);
    FakeChannel spare = pool.ready(pool.latest());
    pool.clock.advance(FakePool.IDLE_TIMEOUT.plusNanos(1));
    pool.listener().look(spare);
    assertThat(spare.quit).isFalse();
    pool.listener().look(worker);
    assertThat(worker.quit).isTrue();
    pool.listener().look(spare);
    assertThat(spare.quit).as("its time begins when it was last needed").isFalse();
    pool.clock.advance(FakePool.IDLE_TIMEOUT.plusNanos(1));
    pool.listener().look(spare);
    assertThat(spare.quit).isTrue();
    assertThat(pool.workers).as("no other one is started for no task").hasSize(2);
    pool.shutdown();
  }

  @Test
  void idleWorkerAtItsMemoryLimit_stays() {
    FakePool pool = new FakePool(1, 0, MEMORY);
    FakeChannel worker = idle(pool);
    worker.memory = MEMORY;
    pool.listener().look(worker);
    assertThat(worker.quit).isFalse();
    worker.memory = MEMORY + 1;
    pool.listener().look(worker);
    assertThat(worker.quit).isTrue();
    pool.shutdown();
    assertThat(pool.exits(ExitReason.UNFIT)).isEqualTo(1);
  }

  // ---- busy workers ----

  @Test
  void busyWorkerAboveItsMemoryLimit_isKilledAndItsTaskFails() {
    FakePool pool = new FakePool(1, 0, MEMORY);
    FakeChannel worker = idle(pool);
    FakeWork task = pool.submit();
    worker.claim();
    worker.memory = MEMORY;
    pool.listener().look(worker);
    assertThat(worker.killed).isEmpty();
    worker.memory = MEMORY + (7L << 20);
    pool.listener().look(worker);
    assertThat(worker.killed).contains("its resident memory of 107 MiB was over the limit of 100 MiB");
    pool.gone(worker);
    assertThat(FakePool.failure(task)).isInstanceOf(FakeEnd.Crash.class);
    pool.shutdown();
  }

  @Test
  void workerWithoutAMemoryLimit_mayGrow() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    worker.memory = Long.MAX_VALUE;
    pool.listener().look(worker);
    pool.submit();
    pool.listener().look(worker);
    assertThat(worker.killed).isEmpty();
    assertThat(worker.quit).isFalse();
    pool.run(worker);
    pool.shutdown();
  }

  @Test
  void workerThatTakesItsTaskInTime_isLeftAlone() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    FakeWork task = pool.submit();
    pool.clock.advance(FakePool.CLAIM_TIMEOUT);
    pool.listener().look(worker);
    assertThat(worker.killed).isEmpty();
    int id = worker.claim();
    pool.clock.advance(Duration.ofDays(1));
    pool.listener().look(worker);
    assertThat(worker.killed).as("tasks may be long").isEmpty();
    pool.end(worker, id);
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void workerThatDoesNotTakeItsTask_isReplaced() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    FakeWork task = pool.submit();
    pool.clock.advance(FakePool.CLAIM_TIMEOUT.plusNanos(1));
    pool.listener().look(worker);
    assertThat(worker.killed).contains("did not take its task for 1 s");
    pool.run(pool.ready(pool.latest()));
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void taskThatWaitsBehindALongOne_hasItsTimeFromTheEndOfThat() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    pool.submit();
    FakeWork behind = pool.submit();
    int id = worker.claim();
    pool.clock.advance(Duration.ofHours(1));
    pool.end(worker, id);
    pool.clock.advance(FakePool.CLAIM_TIMEOUT);
    pool.listener().look(worker);
    assertThat(worker.killed).isEmpty();
    pool.run(worker);
    assertThat(behind.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void workerThatDoesNotReportAnEnd_isReplaced() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    FakeWork task = pool.submit();
    FakeWork behind = pool.submit();
    worker.passed.add(worker.claim());
    pool.listener().look(worker);
    pool.clock.advance(FakePool.CLAIM_TIMEOUT);
    pool.listener().look(worker);
    assertThat(worker.killed).isEmpty();
    pool.clock.advanceNanos(1);
    pool.listener().look(worker);
    assertThat(worker.killed).contains("did not report the end of its task").contains("1 s");
    pool.gone(worker);
    assertThat(FakePool.failure(task)).isInstanceOf(FakeEnd.Crash.class);
    pool.run(pool.ready(pool.latest()));
    assertThat(behind.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void workerThatReportsEachEndInTime_isLeftAlone() {
    FakePool pool = FakePool.of(1);
    FakeChannel worker = idle(pool);
    for (int i = 0; i < 5; i++) {
      pool.submit();
      int id = worker.claim();
      worker.passed.add(id);
      pool.listener().look(worker);
      pool.clock.advance(FakePool.CLAIM_TIMEOUT);
      pool.listener().look(worker);
      pool.end(worker, id);
    }
    assertThat(worker.killed).isEmpty();
    pool.shutdown();
  }

  @Test
  void workerThatStarts_mayTakeItsTime() {
    FakePool pool = new FakePool(1, 0, MEMORY);
    FakeWork task = pool.submit();
    FakeChannel starting = pool.latest();
    starting.memory = 2 * MEMORY;
    pool.clock.advance(Duration.ofDays(1));
    pool.listener().look(starting);
    assertThat(starting.killed).isEmpty();
    assertThat(starting.quit).isFalse();
    starting.memory = 0;
    pool.run(pool.ready(starting));
    assertThat(task.outcome).isCompletedWithValue(1);
    pool.shutdown();
    pool.listener().look(starting); // after its end
  }
}
