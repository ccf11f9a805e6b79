package dev.heddle.cookbook;

import dev.heddle.iter.Coroutine;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A coroutine that receives for ever, and one that answers each value with the least so far. */
final class C16Minimize extends Recipe {
  C16Minimize() {
    super(
        "A running minimum",
        """
            Both coroutines loop for ever and keep what they know in local variables, at no thread's expense.
            They are garbage when they are dropped; closing them would also run their finally blocks.""");
  }

  static Coroutine<@Nullable Void, String, @Nullable Void> myCoroutine(PrintStream out) {
    return Coroutine.of(y -> {
      while (true) {
        out.println("Received: " + y.yield(null));
      }
    });
  }

  static Coroutine<@Nullable Integer, Integer, @Nullable Void> minimize() {
    return Coroutine.of(y -> {
      int current = y.yield(null);
      while (true) {
        current = Math.min(current, y.yield(current));
      }
    });
  }

  @Override
  public void run(PrintStream out) {
    var receiver = myCoroutine(out);
    receiver.next();
    receiver.send("First");
    receiver.send("Second");

    var minimum = minimize();
    minimum.next();
    for (int value : new int[]{10, 4, 22, -1}) {
      out.println(minimum.send(value));
    }
  }
}
