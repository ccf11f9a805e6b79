package dev.heddle.benchmarks.processes;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures the delay until a pool reports a failure. These are bounds, so the worst of several counts. */
final class Mishaps {
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private Mishaps() {}

  static List<Figure> measure(ProcessExecutor pool, int rounds) throws Exception {
    return List.of(
        row("crash until its future failed", rounds, () -> crash(pool)),
        row("time-out of 200 ms, overshoot", rounds, () -> overshoot(pool)),
        row("wrong JVM option until told", rounds, Mishaps::refusal));
  }

  private static Figure row(String name, int rounds, Callable<Double> seconds) throws Exception {
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rounds; i++) {
      worst = Math.max(worst, seconds.call());
    }
    return Figure.of(ProcessesArea.AREA, name + ", worst of " + rounds, worst * 1e3, Double.NaN, "-", "ms");
  }

  /** From the end of a worker's process, by its own clock, until the future of its task has failed. */
  private static double crash(ProcessExecutor pool) throws IOException {
    pool.submit(() -> 0).result(); // a worker is there
    Path ended = Files.createTempFile("heddle-bench", "");
    try {
      String file = ended.toString();
      pool.submit(
          () -> {
            Files.writeString(Path.of(file), Instant.now().toString());
            Runtime.getRuntime().halt(1);
            return null;
          })
          .exception();
      return Duration.between(Instant.parse(Files.readString(ended)), Instant.now()).toNanos() / 1e9;
    } finally {
      Files.delete(ended);
    }
  }

  /** How long after its time-out, which runs from its submission to an idle worker, a task that heeds nothing has failed. */
  private static double overshoot(ProcessExecutor pool) {
    pool.submit(() -> 0).result();
    long start = System.nanoTime();
    pool.submit(TaskOptions.defaults().withTimeout(TIMEOUT), Mishaps::spin).exception();
    return (System.nanoTime() - start - TIMEOUT.toNanos()) / 1e9;
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
}
