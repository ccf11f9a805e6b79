package dev.heddle.cookbook;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.StopIteration;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Values are exchanged in both directions; state() tells the state of the run. */
final class A14TwoWayExchange extends Recipe {
  A14TwoWayExchange() {
    super(
        "Values in both directions, and the four states",
        """
            The argument of yield is what the coroutine yields, its value what the driver sends.
            The driver sees the states created, suspended and closed; only the body itself sees running.""");
  }

  /** Exchanges numbers with its driver. */
  static final class Coroutine2 {
    final Coroutine<Integer, Integer, @Nullable Void> run;

    Coroutine2(int x, PrintStream out) {
      run = Coroutine.of(y -> {
        out.println(">>> coroutine started : x = " + x + ", " + run().state());
        int a = y.yield(x);
        out.println(">>> coroutine received : y = " + a);
        int b = y.yield(x + a);
        out.println(">>> coroutine received : z = " + b);
        return null;
      });
    }

    private Coroutine<Integer, Integer, @Nullable Void> run() {
      return run;
    }
  }

  @Override
  public void run(PrintStream out) {
    var cr3 = new Coroutine2(100, out).run;
    out.println(cr3.state());
    out.println(cr3.next());
    out.println(cr3.state());
    out.println(cr3.send(200));
    out.println(cr3.state());
    try {
      cr3.send(300);
    } catch (StopIteration end) {
      out.println(cr3.state());
    }
  }
}
