package dev.heddle.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.cookbook.CPython;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the benchmarks measure each case; how long they take is not tested. */
final class ProcessesAreaTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  @Test
  @Timeout(120)
  void processes_trial_measuresEveryCase() throws Exception {
    List<Figure> rows = new ProcessesArea(ProcessesEffort.TRIAL).measure(NOWHERE);

    assertThat(rows).extracting(Figure::area).containsOnly("processes");
    assertThat(rows).extracting(Figure::name).doesNotHaveDuplicates().contains(
        "submit + result, p50",
        "the same, one each ms, p50",
        "map, a task each",
        "map, chunks",
        "64 MiB there and back (4 GiB/s: 31 ms)",
        "idle pool, CPU of this program",
        "idle pool, CPU of its workers",
        "one task each ms, CPU of this program",
        "one task each ms, CPU of the workers",
        "crash until its future failed, worst of 1",
        "time-out of 200 ms, overshoot, worst of 1",
        "wrong JVM option until told, worst of 1",
        "worker ready, no AOT cache",
        "first result, cold pool, no AOT cache",
        "worker ready, AOT cache (none was made)", // a trial does not wait for one
        "first result, cold pool, AOT cache (none was made)",
        "first result, spare worker");
    assertThat(rows)
        .filteredOn(row -> !row.name().contains("none was made"))
        .allSatisfy(row -> assertThat(row.heddle()).as(row.name()).isFinite().isNotNegative());
  }

  @Test
  @Timeout(120)
  void pythonsStarts_areMeasured_whereItIsInstalled() throws Exception {
    assumeTrue(CPython.seconds("print(1.5)").isPresent(), "there is no python3");
    ProcessesEffort t = ProcessesEffort.TRIAL;
    PythonStarts python = new PythonStarts(new ProcessesEffort(t.roundTrips(), t.sparse(), t.tasks(), t.items(), t.longs(),
        t.rounds(), t.starts(), t.watched(), t.patience(), true));
    assertThat(python.ready()).isPositive();
    assertThat(python.readySpawned()).isPositive();
    assertThat(python.cold()).isPositive();
    assertThat(python.coldSpawned()).isPositive();
    assertThat(python.waiting()).isPositive();
    assertThat(new PythonStarts(t).cold()).as("without peers").isNaN();
  }

  @Test
  @Timeout(120)
  void cpuUse_ofAnIdlePool_isNextToNothing() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessesArea.STEADY)) {
      pool.submit(() -> 0).result();
      CpuUse use;
      do { // the compilers come to rest at some time, and what polls never does
        use = CpuUse.during(pool, () -> {
          Thread.sleep(1_000); // what is watched
          return pool;
        });
      } while (use.parent() > 100 || use.workers() > 50);
      assertThat(pool.workers()).as("the worker that was watched").hasSize(1);
      CpuUse busy = CpuUse.during(pool, () -> pool.submit(ProcessesAreaTest::spin).result());
      assertThat(busy.workers()).as("CPU time is counted").isGreaterThan(use.workers());
    }
  }

  private static int spin() {
    long end = System.nanoTime() + 500_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return 0;
  }
}
