package dev.heddle.benchmarks.processes;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerStats;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Measures the time until workers are ready, without an AOT cache, with one, and from a spare: medians of several. */
final class WorkerStartTimes {
  private static final long LOOK_NANOS = 200_000;
  private static final long MOST_MILLIS = 60_000;

  private final PrintStream out;
  private final ProcessesEffort effort;
  private final Path cache;
  private final ProcessOptions options;
  private final PythonStarts python;

  private WorkerStartTimes(PrintStream out, ProcessesEffort effort, Path cache) {
    this.out = out;
    this.effort = effort;
    this.cache = cache;
    this.python = new PythonStarts(effort);
    this.options = ProcessOptions.defaults().withJvm(jvm -> jvm.withCache(cache));
  }

  /** The times of one pool, in milliseconds. */
  private record Start(double ready, double firstFromSpare) {}

  static List<Figure> measure(PrintStream out, ProcessesEffort effort) throws Exception {
    Path cache = Files.createTempDirectory("heddle-bench-aot");
    try {
      return new WorkerStartTimes(out, effort, cache).measure();
    } finally {
      delete(cache);
    }
  }

  private List<Figure> measure() throws Exception {
    List<Figure> rows = new ArrayList<>();
    out.println(ProcessesArea.AREA + ": workers ready, no AOT cache at hand");
    rows.addAll(starts("no AOT cache")); // the pools are over long before one would make it
    out.println(ProcessesArea.AREA + ": workers ready, with an AOT cache, which takes some seconds to make");
    if (isMade()) {
      rows.addAll(starts("AOT cache"));
    } else {
      rows.add(row("worker ready, AOT cache (none was made)", Double.NaN, python.ready()));
      rows.add(row("first result, cold pool, AOT cache (none was made)", Double.NaN, python.cold()));
    }
    double[] spare = all(this::spare).stream().mapToDouble(Start::firstFromSpare).toArray();
    rows.add(row("first result, spare worker", Pairs.median(spare), python.waiting()));
    return rows;
  }

  private List<Figure> starts(String with) throws Exception {
    double ready = Pairs.median(all(this::spare).stream().mapToDouble(Start::ready).toArray());
    double first = Pairs.median(all(this::cold).stream().mapToDouble(each -> each).toArray());
    return List.of(
        row("worker ready, " + with, ready, python.ready()),
        row("first result, cold pool, " + with, first, python.cold()),
        Figure.of(ProcessesArea.AREA, "worker ready, " + with + ", a new interpreter", ready, python.readySpawned(),
            PythonStarts.SPAWN_PEER, "ms"),
        Figure.of(ProcessesArea.AREA, "first result, cold pool, " + with + ", a new interpreter", first,
            python.coldSpawned(),
            PythonStarts.SPAWN_PEER, "ms"));
  }

  private <T> List<T> all(Callable<T> start) throws Exception {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < effort.starts(); i++) {
      all.add(start.call());
    }
    return all;
  }

  private static Figure row(String name, double millis, double python) {
    return Figure.of(ProcessesArea.AREA, name, millis, python, PythonStarts.PEER, "ms");
  }

  /** From the opening of a pool until its spare worker is ready; and then, how long that takes for the first task. */
  private Start spare() {
    long opened = System.nanoTime();
    try (ProcessExecutor pool = ProcessPool.of(1, options.withSpares(1))) {
      while (pool.workers().stream().noneMatch(each -> each.state() == WorkerStats.State.SPARE)) {
        if (millisSince(opened) > MOST_MILLIS) {
          throw new IllegalStateException(
              "no spare worker was ready after " + MOST_MILLIS + " ms; is the machine overloaded?");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      double ready = millisSince(opened);
      return new Start(ready, firstResult(pool));
    }
  }

  /** The first task of a pool without workers, there and back. */
  private double cold() {
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      return firstResult(pool);
    }
  }

  private static double firstResult(ProcessExecutor pool) {
    long start = System.nanoTime();
    pool.submit(() -> 1).result();
    return millisSince(start);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** Keeps a pool open until it has made a cache; false if it makes none, as of Heddle in folders of classes. */
  private boolean isMade() throws IOException, URISyntaxException {
    Path heddle = Path.of(ProcessPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(heddle)) {
      return false;
    }
    long start = System.nanoTime();
    try (ProcessExecutor _ = ProcessPool.of(1, options)) {
      while (!isThere() && System.nanoTime() - start < effort.patience().toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      return isThere();
    }
  }

  private boolean isThere() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.anyMatch(each -> each.toString().endsWith(".aot"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
