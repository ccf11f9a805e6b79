package dev.heddle.process;

import java.io.PrintStream;

/** Prints what workers print. The one place of the library that prints. */
enum ForwardedOutput implements OutputListener {
  INSTANCE;

  @Override
  public void printed(Output output) {
    PrintStream target = output.stream() == Stream.OUT ? System.out : System.err;
    target.print(output.text());
    target.flush();
  }
}
