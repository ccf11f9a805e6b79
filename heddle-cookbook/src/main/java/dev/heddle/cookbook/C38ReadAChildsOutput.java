package dev.heddle.cookbook;

import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;

/** Runs a program and reads what it writes. */
final class C38ReadAChildsOutput extends Recipe {

  C38ReadAChildsOutput() {
    super(
        "Run a child process and read its output",
        "The child is a program of its own, on any core. run() takes in both of its outputs meanwhile, so it cannot hang.");
  }

  @Override
  public void run(PrintStream out) {
    out.print(Subprocess.run("echo", "Hello from the child!").stdout());
  }
}
