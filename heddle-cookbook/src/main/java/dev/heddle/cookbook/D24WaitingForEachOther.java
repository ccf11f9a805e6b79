package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two tasks that wait for each other: an error here, a hang in Python. */
final class D24WaitingForEachOther extends Recipe {
  D24WaitingForEachOther() {
    super(
        "Two tasks that wait for each other",
        """
            In Python both tasks, and the program, hang.
            Here both fail immediately, and the message names the cycle.""");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(2)) {
      var second = new CompletableFuture<Future<Integer>>(); // a refers to b, which is created later
      Future<Integer> a = executor.submit(TaskOptions.named("wait_on_b"), () -> second.join().result() + 5);
      Future<Integer> b = executor.submit(TaskOptions.named("wait_on_a"), () -> a.result() + 6);
      second.complete(b);

      Stopwatch stopwatch = new Stopwatch();
      var result = Futures.wait(List.of(a, b), Duration.ofSeconds(7));
      out.printf("Waited %.3f of 7 seconds%n", stopwatch.seconds());
      out.println("Done : " + result.done());
      out.println("Not done : " + result.notDone());
      out.println(a.exception());
      out.println(b.exception());
    }
  }
}
