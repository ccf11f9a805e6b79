package dev.heddle.queue.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Every moment of a worker counts in one state, also where the clock is not read for each step. */
@Bounded
final class WorkerMeterTest {
  private static final long LONG_NANOS = 20_000_000;

  private static long spent(WorkerMeter meter) {
    long now = System.nanoTime();
    long sum = 0;
    for (int state = 0; state < WorkerMeter.ENDED; state++) {
      sum += meter.nanos(state, now);
    }
    return sum;
  }

  private static void quickItems(WorkerMeter meter, int count) {
    for (int i = 0; i < count; i++) {
      meter.begin(0, 1);
      meter.end(0, 1);
    }
  }

  @Test
  void quickItems_addUpToTheTimeFromTheStartToTheEnd() {
    WorkerMeter meter = new WorkerMeter();
    long before = System.nanoTime();
    meter.to(WorkerMeter.GETTING);
    long started = System.nanoTime();
    quickItems(meter, 1_000);
    long ending = System.nanoTime();
    meter.to(WorkerMeter.ENDED);
    long after = System.nanoTime();
    assertThat(spent(meter)).isBetween(ending - started, after - before);
  }

  @Test
  void slowItemAfterQuickOnes_isMeasuredAsSlow() {
    WorkerMeter meter = new WorkerMeter();
    meter.to(WorkerMeter.GETTING);
    for (int quick = 100; quick < 120; quick++) { // with and without a look at the clock before it
      quickItems(meter, quick);
      meter.begin(0, 1);
      assertThat(meter.isBusy()).isTrue();
      long asleep = System.nanoTime();
      LockSupport.parkNanos(LONG_NANOS / 10);
      long slept = System.nanoTime() - asleep;
      assertThat(meter.end(0, 1)).isGreaterThan(slept - 10_000);
      assertThat(meter.isQuick()).isFalse();
    }
  }

  @Test
  void source_countsNoTimeAsWaitingForItems() {
    WorkerMeter meter = new WorkerMeter(false, null);
    meter.to(WorkerMeter.BUSY);
    quickItems(meter, 100);
    meter.to(WorkerMeter.ENDED);
    assertThat(meter.nanos(WorkerMeter.GETTING, System.nanoTime())).isZero();
    assertThat(meter.nanos(WorkerMeter.PUTTING, System.nanoTime())).isPositive();
  }

  @Test
  void waitForASpace_countsAsPutting() {
    WorkerMeter meter = new WorkerMeter();
    meter.to(WorkerMeter.GETTING);
    quickItems(meter, 100);
    int before = meter.state();
    meter.to(WorkerMeter.PUTTING);
    LockSupport.parkNanos(LONG_NANOS);
    assertThat(meter.to(before)).isGreaterThan(0);
    long put = meter.nanos(WorkerMeter.PUTTING, System.nanoTime());
    quickItems(meter, 1);
    assertThat(meter.nanos(WorkerMeter.PUTTING, System.nanoTime())).isGreaterThanOrEqualTo(put);
  }
}
