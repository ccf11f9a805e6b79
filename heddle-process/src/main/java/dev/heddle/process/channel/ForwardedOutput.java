package dev.heddle.process.channel;

import dev.heddle.process.OutputListener;
import java.io.PrintStream;

/** A listener that prints what workers print. The only place of the library modules that prints. */
public enum ForwardedOutput implements OutputListener {
  INSTANCE;

  @Override
  public void printed(Printed output) {
    PrintStream target = output.stream() == StandardStream.OUT ? System.out : System.err;
    target.print(output.text());
    target.flush();
  }
}
