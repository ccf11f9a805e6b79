package dev.heddle.benchmarks;

import dev.heddle.cookbook.CPython;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerStats;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The process pool beside CPython's. */
final class ProcessesArea implements Bench.Area {
  private static final String AREA = "processes";
  private static final String PEER = "CPython pool";
  private static final int WORKERS = 2;
  private static final int ROUND_TRIPS = 20_000;
  private static final int SPARSE = 500;
  private static final int TASKS = 100_000;
  private static final int ITEMS = 4_000_000;
  private static final int ROUNDS = 5;
  private static final int LARGE_LONGS = 8 << 20; // 64 MiB
  private static final double GIBIBYTES_MOVED = 2 * 64 / 1024.0;

  /** What a script does between its head, which makes a pool, and the print of its seconds. */
  private static String python(String body) {
    return """
        import time
        from concurrent.futures import ProcessPoolExecutor
        def inc(n):
            return n + 1
        if __name__ == '__main__':
            with ProcessPoolExecutor(2) as pool:
                list(pool.map(inc, range(100)))
        """
        + body.indent(8);
  }

  private static final String ROUND_TRIP_IN_PYTHON =
      python(
          """
          times = []
          for i in range(2000):
              start = time.perf_counter()
              pool.submit(inc, i).result()
              times.append(time.perf_counter() - start)
          print(sorted(times)[1000])
          """);
  private static final String MAP_IN_PYTHON =
      python(
          """
          start = time.perf_counter()
          list(pool.map(inc, range(10000)))
          print((time.perf_counter() - start) / 10000)
          """);
  private static final String CHUNKS_IN_PYTHON =
      python(
          """
          start = time.perf_counter()
          list(pool.map(inc, range(1000000), chunksize=10000))
          print((time.perf_counter() - start) / 1000000)
          """);

  @Override
  public List<Bench.Row> measure(PrintStream out) throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(WORKERS)) {
      out.println(AREA + ": back to back, sparse, maps, large arrays");
      pool.submit(() -> 0).result();
      double roundTrip = best(() -> roundTrip(pool, ROUND_TRIPS, 0));
      double sparse = roundTrip(pool, SPARSE, 1_000_000);
      double unchunked = best(() -> map(pool, MapOptions.defaults().withChunkSize(1), TASKS));
      double chunked = best(() -> map(pool, MapOptions.defaults(), ITEMS));
      double large = best(() -> large(pool));
      out.println(AREA + ": workers ready, cold and spare");
      double cold = best(() -> ready(0));
      double spare = best(() -> ready(1));
      out.println(AREA + ": crashes, time-outs, a wrong option");
      double crash = best(() -> crash(pool));
      double overshoot = best(() -> overshoot(pool));
      double refusal = best(ProcessesArea::refusal);
      return List.of(
          row("submit + result, p50", roundTrip * 1e6, ROUND_TRIP_IN_PYTHON, 1e6, "us"),
          row("the same, one each ms, p50", sparse * 1e6, null, 0, "us"),
          row("map, a task each", unchunked * 1e6, MAP_IN_PYTHON, 1e6, "us/task"),
          row("map, chunks", chunked * 1e9, CHUNKS_IN_PYTHON, 1e9, "ns/item"),
          row("64 MiB there and back", GIBIBYTES_MOVED / large, null, 0, "GiB/s"),
          row("first result, cold pool", cold * 1e3, null, 0, "ms"),
          row("first result, spare worker", spare * 1e3, null, 0, "ms"),
          row("crash until its future failed", crash * 1e3, null, 0, "ms"),
          row("time-out of 200 ms, overshoot", overshoot * 1e3, null, 0, "ms"),
          row("wrong JVM option until told", refusal * 1e3, null, 0, "ms"));
    }
  }

  private static Bench.Row row(
      String name, double heddle, @Nullable String script, double scale, String unit)
      throws InterruptedException {
    double python = script == null ? Double.NaN : CPython.seconds(script).orElse(Double.NaN) * scale;
    return Bench.Row.of(AREA, name, heddle, python, script == null ? "-" : PEER, unit);
  }

  /** The least of several runs, in seconds: the first ones are for the compilers, here and in the workers. */
  private static double best(Callable<Double> run) throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.min(best, run.call());
    }
    return best;
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
    Arrays.sort(seconds);
    return seconds[times / 2];
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

  private static double large(ProcessExecutor pool) {
    long[] data = new long[LARGE_LONGS];
    long start = System.nanoTime();
    if (pool.submit(() -> data).result().length != LARGE_LONGS) {
      throw new AssertionError("another array came back");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** From the end of a worker's process, by its own clock, until the future of its task has failed. */
  private static double crash(ProcessExecutor pool) throws IOException {
    pool.submit(() -> 0).result(); // a worker is there
    Path ended = Files.createTempFile("heddle-bench", "");
    try {
      String file = ended.toString();
      pool.submit(
              () -> {
                Files.writeString(Path.of(file), String.valueOf(Instant.now().toEpochMilli()));
                Runtime.getRuntime().halt(1);
                return null;
              })
          .exception();
      return (Instant.now().toEpochMilli() - Long.parseLong(Files.readString(ended))) / 1e3;
    } finally {
      Files.delete(ended);
    }
  }

  /** How much later than its time-out, counted from its submission to an idle worker, a task that heeds nothing has failed. */
  private static double overshoot(ProcessExecutor pool) {
    pool.submit(() -> 0).result();
    Duration timeout = Duration.ofMillis(200);
    long start = System.nanoTime();
    pool.submit(
            TaskOptions.defaults().withTimeout(timeout),
            ProcessesArea::spin)
        .exception();
    return (System.nanoTime() - start - timeout.toNanos()) / 1e9;
  }

  private static int spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  /** From the first task of a pool whose workers cannot start until it is told why. */
  private static double refusal() {
    ProcessOptions options = ProcessOptions.defaults().withJvm(jvm -> jvm.withOptions("-XX:+NoSuchOption"));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      long start = System.nanoTime();
      pool.submit(() -> 1).exception();
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** How long the first result of a pool takes, if so many workers are ready. */
  private static double ready(int spares) {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withSpares(spares))) {
      while (spares > 0 && pool.workers().stream().noneMatch(each -> each.state() == WorkerStats.State.SPARE)) {
        LockSupport.parkNanos(1_000_000);
      }
      long start = System.nanoTime();
      pool.submit(() -> 1).result();
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
