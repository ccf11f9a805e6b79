package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands to five helicopters over a slow line: sequentially, then concurrently while positions are computed. */
final class C44BlockingCalls extends Recipe {
  private static final int HELICOPTERS = 5;

  /** A call that waits for a device. */
  interface SystemCall {
    void run() throws InterruptedException;
  }

  private final SystemCall slow;

  C44BlockingCalls() {
    this(() -> Thread.sleep(100));
  }

  C44BlockingCalls(SystemCall slow) {
    super(
        "Blocking calls, one by one and in threads",
        "Five calls of 0.1 s take 0.5 s one by one, and 0.1 s in threads, which leaves the time to compute meanwhile.");
    this.slow = slow;
  }

  @Override
  public void run(PrintStream out) throws InterruptedException {
    Stopwatch oneByOne = new Stopwatch();
    for (int i = 0; i < HELICOPTERS; i++) {
      slow.run();
    }
    out.printf("One by one took %.3f seconds%n", oneByOne.seconds());

    try (Executor executor = ThreadPool.virtual()) {
      executor.submit(() -> "ready").result(); // a warm-up: the first task loads the classes of the pool
    }
    out.printf("In threads took %.3f seconds%n", inThreads(out));
  }

  double inThreads(PrintStream out) {
    Stopwatch stopwatch = new Stopwatch();
    try (Executor executor = ThreadPool.virtual()) {
      List<Future<@Nullable Void>> calls = new ArrayList<>();
      for (int i = 0; i < HELICOPTERS; i++) {
        calls.add(executor.submit(() -> {
          slow.run();
          return null;
        }));
      }
      for (int i = 0; i < HELICOPTERS; i++) {
        out.printf("helicopter %d is at %s, meanwhile%n", i, location(i));
      }
      calls.forEach(Future::result);
    }
    return stopwatch.seconds();
  }

  private static String location(int helicopter) {
    double angle = 2 * Math.PI * helicopter / HELICOPTERS;
    return "(%.2f, %.2f)".formatted(Math.cos(angle), Math.sin(angle));
  }
}
