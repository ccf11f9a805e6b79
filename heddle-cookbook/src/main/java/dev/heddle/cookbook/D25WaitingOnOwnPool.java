package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;

/** A task that submits to its own pool of one worker and waits: a result here, a hang in Python. */
final class D25WaitingOnOwnPool extends Recipe {
  D25WaitingOnOwnPool() {
    super(
        "One worker, and a task that waits for another one",
        """
            In Python this hangs: the only worker waits for a task for which there is no free worker.
            Here a waiting task gives its worker slot to the task it waits for.""");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(1)) {
      Future<Double> outer = executor.submit(
          () -> {
            Future<Double> inner = executor.submit(() -> Math.pow(5, 2));
            return inner.result();
          });
      out.println(outer.result().longValue());
      out.println(outer);
    }
  }
}
