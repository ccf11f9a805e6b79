package dev.heddle.cookbook;

import dev.heddle.subprocess.ProcessTimeoutException;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Gives a child that takes too long a time-out. */
final class C43TimeOutOfAChild extends Recipe {
  private static final String SCRIPT = "sleep 600 & echo $$ $!; wait"; // a shell and the child of its own

  private final Duration timeout;

  C43TimeOutOfAChild() {
    this(Duration.ofMillis(300));
  }

  C43TimeOutOfAChild(Duration timeout) {
    super(
        "Time-out of a child process",
        """
            The child is asked to end (SIGTERM), waited for and, if need be, killed, with all its descendants. What it wrote is
            kept. Where Python shows -15, this is exit code 143, as in a shell, and signal 15.""");
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
