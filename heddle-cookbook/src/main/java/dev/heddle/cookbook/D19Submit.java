package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;

/** A task, a future, a result. */
final class D19Submit extends Recipe {
  D19Submit() {
    super("Submit a call, wait for its result", "A pool, a future, a result; the pool is closed at the end of the block.");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(1)) {
      Future<Double> future = executor.submit(() -> Math.pow(2, 8));
      out.println(future.result().longValue());
    }
  }
}
