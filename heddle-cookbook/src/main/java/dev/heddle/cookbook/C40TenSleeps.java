package dev.heddle.cookbook;

import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Starts ten child processes, then waits for all of them. */
final class C40TenSleeps extends Recipe {

  C40TenSleeps() {
    super(
        "Ten child processes at once",
        "Each sleeps for 0.1 s. All are started before the first is awaited, so that together they take 0.1 s, not 1 s.");
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    Stopwatch stopwatch = new Stopwatch();
    List<RunningProcess> sleeps = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        sleeps.add(Subprocess.start("sleep", "0.1"));
      }
      out.println("Running at once: " + sleeps.stream().filter(sleep -> sleep.poll().isEmpty()).count());
      for (RunningProcess sleep : sleeps) {
        sleep.result().orThrow();
      }
    } finally {
      sleeps.forEach(RunningProcess::close);
    }
    out.printf("Finished in %.3f seconds%n", stopwatch.seconds());
  }
}
