package dev.heddle.benchmarks.subprocess;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cookbook.CPython;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Child processes beside a bare ProcessBuilder, a shell and CPython. */
public final class SubprocessArea implements Area {
  private static final String AREA = "subprocess";
  private static final int SLEEPS = 10;
  private static final String GIBIBYTE = String.valueOf(1L << 30);

  private static final String TRUE_IN_PYTHON = """
      import subprocess, time
      times = []
      for _ in range(200):
          start = time.perf_counter()
          subprocess.run(['true'], capture_output=True)
          times.append(time.perf_counter() - start)
      print(sorted(times)[100])
      """;
  private static final String SLEEPS_IN_PYTHON = """
      import subprocess, time
      start = time.perf_counter()
      procs = [subprocess.Popen(['sleep', '0.1']) for _ in range(10)]
      for proc in procs:
          proc.communicate()
      print(time.perf_counter() - start)
      """;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    List<Figure> rows = new ArrayList<>();
    rows.addAll(runTrue(out));
    rows.addAll(sleeps(out));
    rows.add(pipeline(out));
    return rows;
  }

  /** The least that a run can cost, and no output; in turn with its peer, for machines drift. */
  private static List<Figure> runTrue(PrintStream out) throws Exception {
    out.println(AREA + ": run(\"true\")");
    int runs = 200;
    double[] heddle = new double[runs];
    double[] bare = new double[runs];
    for (int round = 0; round < 4; round++) { // the last counts; the others are for the compiler
      for (int i = 0; i < runs; i++) {
        bare[i] = millis(() -> new ProcessBuilder("true").start().waitFor());
        heddle[i] = millis(() -> Subprocess.run("true"));
      }
    }
    double median = Pairs.median(heddle);
    double python = CPython.seconds(TRUE_IN_PYTHON).orElse(Double.NaN) * 1e3;
    return List.of(
        Figure.of(AREA, "run(\"true\")", median, Pairs.median(bare), "ProcessBuilder", "ms"),
        Figure.of(AREA, "run(\"true\")", median, python, "CPython run", "ms"));
  }

  /** Figure C40. */
  private static List<Figure> sleeps(PrintStream out) throws Exception {
    out.println(AREA + ": C40, ten sleeps of 0.1 s");
    double[] heddle = new double[5];
    double[] bare = new double[5];
    for (int i = 0; i < heddle.length; i++) {
      heddle[i] = millis(SubprocessArea::tenSleeps);
      bare[i] = millis(SubprocessArea::tenSleepsBare);
    }
    double median = Pairs.median(heddle);
    double python = CPython.seconds(SLEEPS_IN_PYTHON).orElse(Double.NaN) * 1e3;
    return List.of(
        Figure.of(AREA, "C40 ten sleeps of 0.1 s", median, Pairs.median(bare), "ProcessBuilder", "ms"),
        Figure.of(AREA, "C40 ten sleeps of 0.1 s", median, python, "CPython Popen", "ms"));
  }

  private static int tenSleeps() throws InterruptedException {
    List<RunningProcess> sleeps = new ArrayList<>();
    for (int i = 0; i < SLEEPS; i++) {
      sleeps.add(Subprocess.start("sleep", "0.1"));
    }
    for (RunningProcess sleep : sleeps) {
      sleep.result().orThrow();
    }
    return SLEEPS;
  }

  private static int tenSleepsBare() throws IOException, InterruptedException {
    List<Process> sleeps = new ArrayList<>();
    for (int i = 0; i < SLEEPS; i++) {
      sleeps.add(new ProcessBuilder("sleep", "0.1").start());
    }
    for (Process sleep : sleeps) {
      sleep.waitFor();
    }
    return SLEEPS;
  }

  /** 1 GiB through two processes, three times in turn with the shell. */
  private static Figure pipeline(PrintStream out) throws Exception {
    out.println(AREA + ": 1 GiB through two processes");
    Command source = Subprocess.command("head", "-c", GIBIBYTE, "/dev/zero");
    Command target = Subprocess.command("cat").withStdout(Output.discard());
    String script = "head -c " + GIBIBYTE + " /dev/zero | cat > /dev/null";
    double[] heddle = new double[3];
    double[] shell = new double[3];
    for (int i = 0; i < heddle.length; i++) {
      heddle[i] = millis(() -> Subprocess.pipeline(source, target).withCheck().run());
      shell[i] = millis(
          () -> new ProcessBuilder("sh", "-c", script).redirectOutput(Redirect.DISCARD).start().waitFor());
    }
    return Figure.of(AREA, "1 GiB through two processes", Pairs.median(heddle), Pairs.median(shell), "sh", "ms");
  }

  private static double millis(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }
}
