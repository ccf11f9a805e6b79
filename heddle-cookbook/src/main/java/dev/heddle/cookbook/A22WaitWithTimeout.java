package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits for several futures with a time-out. */
final class A22WaitWithTimeout extends Recipe {
  /** The first would take some minutes. */
  static final List<Long> WORK_LIST = List.of(1_000_000_000_000L, 100_000L, 10_000L, 1_000_000L);

  A22WaitWithTimeout() {
    super(
        "Wait for several futures, with a time-out",
        """
            One sum takes too long. The wait ends with two sets: done and not done.
            Tasks that are not done continue to run; here they are cancelled.""");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor executor = ThreadPool.of(WORK_LIST.size())) {
      waitFor(schedule(executor, out), Duration.ofMillis(700), out);
    }
  }

  static List<Future<Long>> schedule(Executor executor, PrintStream out) {
    List<Future<Long>> futures = new ArrayList<>();
    for (long work : WORK_LIST) {
      Future<Long> future = executor.submit(() -> Sums.upTo(work));
      futures.add(future);
      out.println("Scheduled for " + work + " : " + future);
    }
    return futures;
  }

  static void waitFor(List<Future<Long>> futures, Duration timeout, PrintStream out) {
    var result = Futures.wait(futures, timeout);
    out.println();
    out.println("Completed tasks : " + result.done());
    out.println("Pending ones after waiting for " + timeout.toMillis() + " ms : " + result.notDone());
    out.println("Result : " + result.done().stream().map(Future::result).toList());
    result.notDone().forEach(future -> future.cancel(true));
  }
}
