package dev.heddle.cookbook;

import dev.heddle.iter.Coroutine;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A coroutine that receives without end, and one that replies to each value with the minimum so far. */
final class C16Minimize extends Recipe {
  C16Minimize() {
    super(
        "A running minimum",
        """
            Both coroutines loop without end and keep their state in local variables; they occupy no thread.
            They are garbage-collected when unreachable; closing them would also run their finally blocks.""");
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
