package dev.heddle.cookbook;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.StopIteration;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A yield is an expression whose value is what the driver sends. */
final class A12SendToACoroutine extends Recipe {
  A12SendToACoroutine() {
    super(
        "A coroutine that receives a value",
        """
            next() runs it to its yield, where it is suspended; send(100) becomes the value of that yield.
            It then ends without another yield, so send throws StopIteration.""");
  }

  static Coroutine<@Nullable Void, Integer, @Nullable Void> coroutine1(PrintStream out) {
    return Coroutine.of(y -> {
      out.println(">>> coroutine started.");
      int i = y.yield(null);
      out.println(">>> coroutine received : " + i);
      return null;
    });
  }

  @Override
  public void run(PrintStream out) {
    var cr1 = coroutine1(out);
    cr1.next();
    try {
      cr1.send(100);
    } catch (StopIteration end) {
      out.println("StopIteration: " + end.getMessage());
    }
  }
}
