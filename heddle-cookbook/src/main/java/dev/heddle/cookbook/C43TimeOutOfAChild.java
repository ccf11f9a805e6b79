package dev.heddle.cookbook;

import dev.heddle.subprocess.ProcessTimeoutException;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Runs a child with a time-out. */
final class C43TimeOutOfAChild extends Recipe {
  private static final String SCRIPT = "sleep 600 & echo $$ $!; wait"; // a shell with a child

  private final Duration timeout;

  C43TimeOutOfAChild() {
    this(Duration.ofMillis(300));
  }

  C43TimeOutOfAChild(Duration timeout) {
    super(
        "Time-out of a child process",
        """
            The child is sent SIGTERM, awaited and, if necessary, killed, with all its descendants. Its output until then is
            kept. Python reports -15; here it is exit code 143, as in a shell, and signal 15.""");
    this.timeout = timeout;
  }

  @Override
  public void run(PrintStream out) {
    try {
      Subprocess.command("sh", "-c", SCRIPT).withTimeout(timeout).run();
    } catch (ProcessTimeoutException e) {
      List<String> pids = List.of(e.result().stdout().strip().split(" "));
      out.println("Timed out after " + e.timeout().toMillis() + " ms");
      out.println("Exit status " + e.result().exitCode() + ", signal " + e.result().signal().orElse(0));
      out.println("It had written: " + e.result().stdout().strip());
      out.println("Still running: " + pids.stream().filter(C43TimeOutOfAChild::runs).toList());
    }
  }

  private static boolean runs(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).flatMap(process -> process.info().command()).isPresent();
  }
}
