package dev.heddle.benchmarks.measure;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
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
public final class Pairs {
  /** How many times a benchmark and its peer take turns, whatever their efforts say; for runs whose figures are kept. */
  public static final ScopedValue<Integer> TURNS = ScopedValue.newInstance();

  private final PrintStream out;
  private final String area;
  private final Effort effort;

  /**
   * The pairs of one area.
   *
   * @param out is told the name of each case, and a dot for each pair
   */
  public Pairs(PrintStream out, String area, Effort effort) {
    this.out = out;
    this.area = area;
    this.effort = TURNS.isBound() ? effort.withPairs(TURNS.get()) : effort;
  }

  /**
   * The amount of measuring.
   *
   * @param pairs how many times a benchmark and its peer take turns
   * @param warmups how many iterations do not count
   * @param iterations how many do; the median is their figure
   * @param millis of each iteration
   */
  public record Effort(int pairs, int warmups, int iterations, int millis) {
    /** Three seconds a run, for what has threads to warm up. */
    public static final Effort THOROUGH = new Effort(3, 3, 4, 400);

    /** A second a run, of which half is the start of a JVM. */
    public static final Effort BRIEF = new Effort(3, 4, 3, 100);

    /** The same with fewer pairs, for long lists of cases. */
    public static final Effort BRIEFEST = new Effort(2, 5, 3, 100);

    Effort withPairs(int number) {
      return new Effort(number, warmups, iterations, millis);
    }
  }

  /** Measures the time of one method of a benchmark class beside that of another one. */
  public Figure time(String name, Class<?> in, String method, String peer, String peerName) throws RunnerException {
    return compare(name, in, method, peer, peerName).time();
  }

  /** Measures the time, and in a second row the bytes allocated. */
  public List<Figure> timeAndAllocation(String name, Class<?> in, String method, String peer, String peerName)
      throws RunnerException {
    Comparison comparison = compare(name, in, method, peer, peerName);
    return List.of(comparison.time(), comparison.allocation());
  }

  /** Measures the time of a method that has no peer. */
  public Figure alone(String name, Class<?> in, String method) throws RunnerException {
    out.print(area + ": " + name + " ");
    RunResult[] runs = new RunResult[effort.pairs()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run(in, method);
      dot();
    }
    out.println();
    return new Figure(
        area, name, median(figures(runs, Pairs::time)), Double.NaN, "-", unit(runs[0]), Double.NaN);
  }

  private Comparison compare(String name, Class<?> in, String method, String peer, String peerName)
      throws RunnerException {
    RunResult[] runs = new RunResult[effort.pairs()];
    RunResult[] peerRuns = new RunResult[effort.pairs()];
    out.print(area + ": " + name + " ");
    for (int i = 0; i < effort.pairs(); i++) {
      runs[i] = run(in, method);
      peerRuns[i] = run(in, peer);
      dot();
    }
    out.println();
    return new Comparison(area, name, runs, peerRuns, peerName);
  }

  private void dot() {
    out.print(".");
    out.flush();
  }

  /** The runs of a benchmark and of its peer, those with the same index one after the other. */
  @SuppressWarnings("ArrayRecordComponent") // is not compared
  private record Comparison(String area, String name, RunResult[] own, RunResult[] peer, String peerName) {

    Figure time() {
      return row(name, Pairs::time, unit(own[0]));
    }

    Figure allocation() {
      return row(name + ", allocated", Pairs::allocation, "B");
    }

    private Figure row(String title, ToDoubleFunction<RunResult> figure, String unit) {
      double[] heddle = figures(own, figure);
      double[] others = figures(peer, figure);
      double[] ratio = new double[heddle.length];
      Arrays.setAll(ratio, i -> heddle[i] / others[i]);
      return new Figure(area, title, median(heddle), median(others), peerName, unit, median(ratio),
          Arrays.stream(ratio).boxed().toList());
    }
  }

  private static double[] figures(RunResult[] runs, ToDoubleFunction<RunResult> figure) {
    return Arrays.stream(runs).mapToDouble(figure).toArray();
  }

  /** The median of a run's iterations: a mean would count what else the machine did. */
  private static double time(RunResult run) {
    return run.getPrimaryResult().getStatistics().getPercentile(50);
  }

  private static double allocation(RunResult run) {
    return Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"), "bytes allocated").getScore();
  }

  private static String unit(RunResult run) {
    return run.getPrimaryResult().getScoreUnit().replace("/op", "");
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private RunResult run(Class<?> in, String method) throws RunnerException {
    Options options = new OptionsBuilder()
        .include("^" + in.getName().replace(".", "\\.") + "\\." + method + "$")
        .forks(1)
        .warmupIterations(effort.warmups())
        .warmupTime(TimeValue.milliseconds(effort.millis()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(effort.millis()))
        .addProfiler(GCProfiler.class)
        .jvmArgs("-Xmx2g", "--sun-misc-unsafe-memory-access=allow")
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
    return new Runner(options).runSingle();
  }
}
