package dev.heddle.cookbook;

import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;

/** Runs a program and reads its output. */
final class C38ReadAChildsOutput extends Recipe {

  C38ReadAChildsOutput() {
    super(
        "Run a child process and read its output",
        "The child is a separate process, on any core. run() reads both of its outputs while it runs, so it cannot block.");
  }

  @Override
  public void run(PrintStream out) {
    out.print(Subprocess.run("echo", "Hello from the child!").stdout());
  }
}
