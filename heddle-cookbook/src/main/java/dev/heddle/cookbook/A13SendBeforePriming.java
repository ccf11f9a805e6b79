package dev.heddle.cookbook;

import dev.heddle.iter.GeneratorException;
import java.io.PrintStream;

/** A coroutine that has not reached a yield cannot receive. */
final class A13SendBeforePriming extends Recipe {
  A13SendBeforePriming() {
    super("A value sent too early",
        "The coroutine has not reached a yield. The error says so and names the remedy: call next() first.");
  }

  @Override
  public void run(PrintStream out) {
    var cr2 = A12SendToACoroutine.coroutine1(out);
    try {
      cr2.send(100);
    } catch (GeneratorException.NotStarted tooEarly) {
      out.println("NotStarted: " + tooEarly.getMessage());
    }
    out.println(cr2.state());
  }
}
