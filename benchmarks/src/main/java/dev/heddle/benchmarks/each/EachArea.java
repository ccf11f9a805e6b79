package dev.heddle.benchmarks.each;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code heddle each}, with the start of its JVM, beside xargs and GNU parallel where they are installed. */
public final class EachArea implements Area {
  private static final String AREA = "each";
  private static final int RUNS = 5;
  private static final String XARGS = "xargs -P2 sh -c";
  private static final String PARALLEL = "GNU parallel";

  @Override
  public List<Figure> measure(PrintStream out) throws IOException, InterruptedException {
    String launcher = System.getProperty("heddle.launcher", "");
    if (!Files.isExecutable(Path.of(launcher))) {
      out.println(AREA + ": left out, since this program was not started by the command heddle");
      return List.of();
    }
    String own = "'" + launcher.replace("'", "'\\''") + "' each ";
    out.println(AREA + ": 2,000 jobs");
    String many = "seq 2000 | ";
    List<Figure> rows = new ArrayList<>();
    String name = "2,000 x true, two jobs at once";
    double[] times = inTurn(
        many + own + "-j2 'true {}'", many + "xargs -P2 -I{} sh -c 'true {}'", many + parallel("-j2 'true {}'"));
    rows.add(Figure.of(AREA, name, times[0], times[1], XARGS, "s"));
    rows.add(Figure.of(AREA, name, times[0], times[2], PARALLEL, "s"));
    out.println(AREA + ": the start");
    name = "one job, with the start";
    times = inTurn(own + "'true {}' a", "echo a | xargs -P2 -I{} sh -c 'true {}'", parallel("'true {}' ::: a"));
    rows.add(Figure.of(AREA, name, times[0], times[1], XARGS, "s"));
    rows.add(Figure.of(AREA, name, times[0], times[2], PARALLEL, "s"));
    out.println(AREA + ": tagged lines");
    name = "a million tagged lines";
    times = inTurn(own + "--tag 'seq 1000000 #' a", "", parallel("--tag 'seq 1000000 #' ::: a"));
    rows.add(Figure.of(AREA, name, times[0], times[2], PARALLEL, "s"));
    return rows;
  }

  /** Without the notice on citations, which it would write in the first runs of a user. */
  private static String parallel(String arguments) {
    return "parallel --will-cite " + arguments;
  }

  /** The medians of several runs of each script, one after the other in turn; NaN for one that fails or is empty. */
  private static double[] inTurn(String... scripts) throws IOException, InterruptedException {
    double[][] seconds = new double[scripts.length][RUNS];
    for (int run = 0; run < RUNS; run++) {
      for (int i = 0; i < scripts.length; i++) {
        seconds[i][run] = scripts[i].isEmpty() ? Double.NaN : seconds(scripts[i]);
      }
    }
    return Arrays.stream(seconds).mapToDouble(Pairs::median).toArray();
  }

  private static double seconds(String script) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process shell = new ProcessBuilder("sh", "-c", script).redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    shell.getOutputStream().close();
    return shell.waitFor() == 0 ? (System.nanoTime() - start) / 1e9 : Double.NaN;
  }
}
