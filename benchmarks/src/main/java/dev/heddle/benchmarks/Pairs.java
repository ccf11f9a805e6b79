package dev.heddle.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a JMH benchmark and its peer in turn, several times, each in a JVM of its own.
 *
 * <p>Machines drift: the ratio is taken pair by pair, and the median of those counts.
 */
final class Pairs {
  private static final int PAIRS = 3;

  private Pairs() {}

  /**
   * Measures {@code method} beside {@code methodPeer} of a benchmark class.
   *
   * @param out is told the name of the case, and a dot for each pair
   */
  static Bench.Row measure(PrintStream out, String area, String name, Class<?> in, String method, String peerName)
      throws RunnerException {
    double[] heddle = new double[PAIRS];
    double[] peer = new double[PAIRS];
    double[] ratio = new double[PAIRS];
    String unit = "";
    out.print(area + ": " + name + " ");
    for (int i = 0; i < PAIRS; i++) {
      RunResult own = run(in, method);
      heddle[i] = own.getPrimaryResult().getScore();
      unit = own.getPrimaryResult().getScoreUnit();
      peer[i] = run(in, method + "Peer").getPrimaryResult().getScore();
      ratio[i] = heddle[i] / peer[i];
      out.print(".");
      out.flush();
    }
    out.println();
    return new Bench.Row(
        area, name, median(heddle), median(peer), peerName, unit.replace("/op", ""), median(ratio));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static RunResult run(Class<?> in, String method) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + in.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.milliseconds(400))
            .measurementIterations(4)
            .measurementTime(TimeValue.milliseconds(400))
            .jvmArgs("-Xmx2g", "--sun-misc-unsafe-memory-access=allow")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    return new Runner(options).runSingle();
  }
}
