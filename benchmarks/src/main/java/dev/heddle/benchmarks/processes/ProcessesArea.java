package dev.heddle.benchmarks.processes;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cookbook.C29GreatestCommonDivisors;
import dev.heddle.cookbook.C30Factorize;
import dev.heddle.cookbook.CPython;
import dev.heddle.cookbook.Way;
import dev.heddle.futures.MapOptions;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerJvm;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The process pool beside CPython's. */
public final class ProcessesArea implements Area {
  static final String AREA = "processes";
  private static final String PEER = "CPython pool";
  private static final int WORKERS = 2;
  private static final long EACH_MILLISECOND = 1_000_000;

  /** Workers that stay while they are watched, and no AOT cache that is made meanwhile. */
  static final ProcessOptions STEADY = ProcessOptions.defaults().withIdleTimeout(Duration.ofMinutes(10))
      .withJvm(WorkerJvm::withoutCache);

  private final ProcessesEffort effort;

  public ProcessesArea() {
    this(ProcessesEffort.FULL);
  }

  ProcessesArea(ProcessesEffort effort) {
    this.effort = effort;
  }

  /** What a script does between its head, which makes a pool, and the print of its seconds. */
  private static String python(String body) {
    return """
        import time
        from concurrent.futures import ProcessPoolExecutor
        def inc(n):
            return n + 1
        def same(data):
            return data
        def median(function, times):
            seconds = []
            for i in range(times):
                start = time.perf_counter()
                function()
                seconds.append(time.perf_counter() - start)
            return sorted(seconds)[times // 2]
        if __name__ == '__main__':
            with ProcessPoolExecutor(2) as pool:
                list(pool.map(inc, range(100)))
        """
        + body.indent(8);
  }

  private static final String ROUND_TRIP_IN_PYTHON = python("print(median(lambda: pool.submit(inc, 1).result(), 2000))");
  private static final String SPARSE_IN_PYTHON = python(
      """
          times = []
          for i in range(1000):
              time.sleep(0.001)
              start = time.perf_counter()
              pool.submit(inc, i).result()
              times.append(time.perf_counter() - start)
          print(sorted(times)[500])
          """);
  private static final String MAP_IN_PYTHON = python("print(median(lambda: list(pool.map(inc, range(10000))), 3) / 10000)");
  private static final String CHUNKS_IN_PYTHON = python(
      "print(median(lambda: list(pool.map(inc, range(1000000), chunksize=10000)), 3) / 1000000)");
  private static final String LARGE_IN_PYTHON = python(
      """
          data = bytes(64 << 20)
          print(median(lambda: pool.submit(same, data).result(), 3))
          """);

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    List<Figure> rows = new ArrayList<>();
    try (ProcessExecutor pool = ProcessPool.of(WORKERS, STEADY)) {
      rows.addAll(work(pool, out));
      rows.addAll(cpu(pool, out));
      out.println(AREA + ": crashes, time-outs, a wrong option");
      rows.addAll(Mishaps.measure(pool, effort.rounds()));
    }
    rows.addAll(WorkerStartTimes.measure(out, effort));
    if (effort.withPeers()) {
      rows.addAll(cookbook(out));
    }
    return rows;
  }

  private List<Figure> work(ProcessExecutor pool, PrintStream out) throws Exception {
    out.println(AREA + ": back to back, sparse, maps, large arrays");
    pool.submit(() -> 0).result();
    double roundTrip = median(() -> roundTrip(pool, effort.roundTrips(), 0));
    double sparse = roundTrip(pool, effort.sparse(), EACH_MILLISECOND);
    double unchunked = median(() -> map(pool, MapOptions.defaults().withChunkSize(1), effort.tasks()));
    double chunked = median(() -> map(pool, MapOptions.defaults(), effort.items()));
    double large = median(() -> large(pool));
    return List.of(
        row("submit + result, p50", roundTrip, ROUND_TRIP_IN_PYTHON, 1e6, "µs"),
        row("the same, one each ms, p50", sparse, SPARSE_IN_PYTHON, 1e6, "µs"),
        row("map, a task each", unchunked, MAP_IN_PYTHON, 1e6, "µs/task"),
        row("map, chunks", chunked, CHUNKS_IN_PYTHON, 1e9, "ns/item"),
        row("64 MiB there and back (4 GiB/s: 31 ms)", large, LARGE_IN_PYTHON, 1e3, "ms"));
  }

  private Figure row(String name, double heddle, String script, double scale, String unit) throws InterruptedException {
    double python = effort.withPeers() ? CPython.seconds(script).orElse(Double.NaN) : Double.NaN;
    return Figure.of(AREA, name, heddle * scale, python * scale, PEER, unit);
  }

  /** What the pool costs while nothing runs, and while little does. */
  private List<Figure> cpu(ProcessExecutor pool, PrintStream out) throws Exception {
    out.println(AREA + ": CPU time of an idle pool, and of one task each ms");
    Thread.sleep(effort.watched()); // for the compilers to come to rest, here and in the workers
    CpuUse idle = CpuUse.typically(
        pool,
        () -> {
          Thread.sleep(effort.watched());
          return effort;
        });
    CpuUse sparse = CpuUse.typically(pool, () -> roundTrip(pool, effort.sparse(), EACH_MILLISECOND));
    return List.of(
        cpuRow("idle pool, CPU of this program", idle.parent()),
        cpuRow("idle pool, CPU of its workers", idle.workers()),
        cpuRow("one task each ms, CPU of this program", sparse.parent()),
        cpuRow("one task each ms, CPU of the workers", sparse.workers()));
  }

  private static Figure cpuRow(String name, double millis) {
    return Figure.of(AREA, name, millis, Double.NaN, "-", "ms/s");
  }

  /** Rows C29 and C30 of the cookbook: what computes, three ways. Their pools are there when the clock starts. */
  private static List<Figure> cookbook(PrintStream out) throws Exception {
    List<Figure> rows = new ArrayList<>();
    for (Way way : Way.values()) {
      out.println(AREA + ": C29 and C30, " + way);
      double divisors = C29GreatestCommonDivisors.find(way).seconds();
      rows.add(cookbookRow("C29 four divisors, ", way, divisors, C29GreatestCommonDivisors.inPython(way)));
      double factors = C30Factorize.find(way, C30Factorize.NUMBERS).seconds();
      rows.add(cookbookRow("C30 factors of four, ", way, factors, C30Factorize.inPython(way)));
    }
    return rows;
  }

  private static Figure cookbookRow(String name, Way way, double seconds, String script) throws InterruptedException {
    double python = CPython.seconds(script).orElse(Double.NaN);
    return Figure.of(AREA, name + way, seconds * 1e3, python * 1e3, "CPython " + way, "ms");
  }

  /** The median of several rounds, after as many that are for the compilers, here and in the workers. */
  private double median(Callable<Double> round) throws Exception {
    double[] seconds = new double[effort.rounds()];
    for (int i = 0; i < seconds.length; i++) {
      round.call();
    }
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = round.call();
    }
    return Pairs.median(seconds);
  }

  /** The median, in seconds. */
  private static double roundTrip(ProcessExecutor pool, int times, long pauseNanos) {
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      LockSupport.parkNanos(pauseNanos);
      int n = i;
      long start = System.nanoTime();
      pool.submit(() -> n + 1).result();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    return Pairs.median(seconds);
  }

  /** Seconds for each input. */
  private static double map(ProcessExecutor pool, MapOptions options, int inputs) {
    long start = System.nanoTime();
    long sum = 0;
    for (int each : pool.map(options, (Integer n) -> n + 1, Iter.fromStream(IntStream.range(0, inputs).boxed()))) {
      sum += each;
    }
    if (sum != (long) inputs * (inputs + 1) / 2) {
      throw new AssertionError("the sum is wrong: " + sum);
    }
    return (System.nanoTime() - start) / 1e9 / inputs;
  }

  private double large(ProcessExecutor pool) {
    long[] data = new long[effort.longs()];
    long start = System.nanoTime();
    if (pool.submit(() -> data).result().length != effort.longs()) {
      throw new AssertionError("another array came back");
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
