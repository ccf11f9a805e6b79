package dev.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorEngine;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the benchmarks do what they say; how long they take is not tested. */
final class BenchTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  @Test
  void run_ofAWrongArea_namesThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bench.run(NOWHERE, List.of("futures", "generatos")))
        .withMessage(
            "AREA must be one of asyncio, futures, generators, itertools, processes, queue, subprocess,"
                + " but was 'generatos'; leave it out for all");
  }

  static Stream<ItertoolsArea.Case> cases() {
    return ItertoolsArea.CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itertools_always_givesWhatItsPeersGive(ItertoolsArea.Case each) throws ReflectiveOperationException {
    Object benchmark = each.in().getConstructor().newInstance();
    Object loop = each.in().getMethod(each.name() + "Loop").invoke(benchmark);
    assertThat(each.in().getMethod(each.name()).invoke(benchmark)).isEqualTo(loop).isNotEqualTo(0L);
    if (each.byHand()) {
      assertThat(each.in().getMethod(each.name() + "ByHand").invoke(benchmark)).isEqualTo(loop);
    }
  }

  @Test
  void generators_always_giveWhatTheirPeersGive() throws InterruptedException {
    Generators benchmark = new Generators();
    long sum = 499_500;
    assertThat(List.of(benchmark.pull(), benchmark.pullKotlin(), benchmark.pullKotlinSequence())).containsOnly(sum);
    assertThat(List.of(benchmark.sum(), benchmark.sumLoop())).containsOnly(sum);
    assertThat(List.of(benchmark.fallbackForPlatform(), benchmark.fallbackForVirtual())).containsOnly(sum);
    assertThat(List.of(benchmark.deep(), benchmark.shallow(), benchmark.deepKotlin())).containsOnly(sum);
    assertThat(benchmark.list()).isEqualTo(benchmark.listLoop()).hasSize(Generators.ELEMENTS);
  }

  @Test
  void eventLoops_always_giveWhatTheirPeersGive() throws Exception {
    EventLoops benchmark = new EventLoops();
    assertThat(benchmark.queue()).isEqualTo(benchmark.queueKotlin()).isPositive();
    assertThat(benchmark.switches()).isEqualTo(benchmark.switchesKotlin());
    int[] probed = new int[1];
    AsyncioArea.ownSleepers(10, () -> probed[0]++);
    KotlinCoroutines.sleepers(10, () -> probed[0]++);
    assertThat(probed[0]).isEqualTo(2);
    EchoLoad load = new EchoLoad(5, 2);
    assertThat(load.onALoop().perSecond()).isPositive();
    assertThat(load.onVirtualThreads().perSecond()).isPositive();
  }

  @Test
  void sends_always_countWhatWasSentAndNextAsOne() {
    Sends benchmark = new Sends();
    benchmark.start();
    assertThat(benchmark.next()).as("1 + 2 + ... + 1000").isEqualTo(500_500);
    assertThat(benchmark.send()).as("1000 + 0, + 1, + ... + 999").isEqualTo(167_666_500);
  }

  @Test
  void firstUse_eachTime_compilesAClassOfItsOwn() throws Exception {
    FirstUse benchmark = new FirstUse();
    benchmark.define();
    Class<?> before = benchmark.body().getClass();
    benchmark.define();
    assertThat(benchmark.body().getClass()).isNotEqualTo(before);
    assertThat(Generator.engineOf(benchmark.body()).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    assertThat(benchmark.firstElement()).isZero();
  }

  @Test
  @Timeout(120)
  void processes_trial_measuresEveryCase() throws Exception {
    List<Bench.Row> rows = new ProcessesArea(ProcessesEffort.TRIAL).measure(NOWHERE);

    assertThat(rows).extracting(Bench.Row::area).containsOnly("processes");
    assertThat(rows).extracting(Bench.Row::name).doesNotHaveDuplicates().contains(
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
      CpuUse busy = CpuUse.during(pool, () -> pool.submit(BenchTest::spin).result());
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
