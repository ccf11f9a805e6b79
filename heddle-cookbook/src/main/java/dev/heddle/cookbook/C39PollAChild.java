package dev.heddle.cookbook;

import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.time.Duration;

/** Works while a child process runs, and polls whether it has ended. */
final class C39PollAChild extends Recipe {
  private static final Duration WORK = Duration.ofMillis(50);

  C39PollAChild() {
    super(
        "Poll a running child while working",
        """
            The child sleeps for 0.3 s; poll() is empty until it has ended. Python's loop polls without a pause and prints
            thousands of lines; here each piece of work takes 0.05 s.""");
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    try (RunningProcess sleep = Subprocess.start("sleep", "0.3")) {
      while (sleep.poll().isEmpty()) {
        out.println("Working...");
        sleep.waitFor(WORK);
      }
      out.println("Exit status " + sleep.poll().getAsInt());
    }
  }
}
