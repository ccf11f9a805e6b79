package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** Four sums by {@code map} on threads, which run in parallel: there is no global lock. */
final class A20SumsByMap extends Recipe {
  static final List<Long> WORK_LIST = List.of(100_000L, 1_000_000L, 10_000_000L, 10_000_000L);
  private static final int RUNS = 20;

  private static final String THE_SAME_IN_PYTHON = """
      import time
      from concurrent import futures

      def sum_generator(n):
          return sum(n for n in range(1, n + 1))

      start = time.time()
      with futures.ThreadPoolExecutor() as executor:
          list(executor.map(sum_generator, [100000, 1000000, 10000000, 10000000]))
      print(time.time() - start)
      """;

  private final Callable<OptionalDouble> pythonSeconds;

  A20SumsByMap() {
    this(() -> CPython.seconds(THE_SAME_IN_PYTHON));
  }

  A20SumsByMap(Callable<OptionalDouble> pythonSeconds) {
    super(
        "Four sums by map on a pool of threads",
        """
            The results arrive in the order of the inputs, whichever is ready first.
            The threads use all cores; in CPython a global lock lets only one run at a time.""");
    this.pythonSeconds = pythonSeconds;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), WORK_LIST.size());
    try (Executor executor = ThreadPool.of(workers)) {
      out.println("Result -> " + executor.map(Sums::upTo, WORK_LIST).toList());

      double oneByOne = fastest(A20SumsByMap::sumsOneByOne);
      double threads = fastest(() -> executor.map(Sums::upTo, WORK_LIST).toList());
      out.printf("One by one   %8.2f ms%n", oneByOne * 1e3);
      out.printf("%d threads    %8.2f ms   %.1f times faster%n", workers, threads * 1e3, oneByOne / threads);

      pythonSeconds
          .call()
          .ifPresentOrElse(
              python -> out.printf("CPython      %8.2f ms   %.0f times slower%n", python * 1e3, python / threads),
              () -> out.println("CPython      no python3 on the PATH to measure against"));
    }
  }

  static List<Long> sumsOneByOne() throws InterruptedException {
    List<Long> sums = new ArrayList<>();
    for (long n : WORK_LIST) {
      sums.add(Sums.upTo(n));
    }
    return sums;
  }

  /** The fastest of several runs: the first ones are for the compiler. */
  private static double fastest(Callable<List<Long>> work) throws Exception {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      Stopwatch stopwatch = new Stopwatch();
      work.call();
      best = Math.min(best, stopwatch.seconds());
    }
    return best;
  }
}
