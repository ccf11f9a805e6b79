package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessPool;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** Four greatest common divisors: one by one, by threads, and by processes. */
final class C29GreatestCommonDivisors extends Recipe {
  private static final int RUNS = 10;
  private static final String THE_SAME_IN_PYTHON =
      """
      import time
      from concurrent.futures import ThreadPoolExecutor

      def gcd(pair):
          a, b = pair
          low = min(a, b)
          for i in range(low, 0, -1):
              if a % i == 0 and b % i == 0:
                  return i

      numbers = [(1938323, 2893844), (4981932, 1393843), (1385764, 4928467), (8398471, 2938123)]
      start = time.time()
      list(ThreadPoolExecutor(max_workers=4).map(gcd, numbers))
      print(time.time() - start)
      """;

  /** Two numbers. */
  record Numbers(int a, int b) implements Serializable {}

  static final List<Numbers> NUMBERS =
      List.of(
          new Numbers(1_938_323, 2_893_844),
          new Numbers(4_981_932, 1_393_843),
          new Numbers(1_385_764, 4_928_467),
          new Numbers(8_398_471, 2_938_123));

  private final Callable<OptionalDouble> pythonSeconds;

  C29GreatestCommonDivisors() {
    this(() -> CPython.seconds(THE_SAME_IN_PYTHON));
  }

  C29GreatestCommonDivisors(Callable<OptionalDouble> pythonSeconds) {
    super(
        "Greatest common divisors three ways",
        """
        Without a global lock threads are enough to use all cores; CPython needs processes for it.
        A process costs a start, and each task its way there and back: arguments and results are copied.""");
    this.pythonSeconds = pythonSeconds;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    double serial = fastest(() -> NUMBERS.stream().map(C29GreatestCommonDivisors::gcd).toList());
    out.printf("One by one   %8.2f ms  %s%n", serial * 1e3, NUMBERS.stream().map(C29GreatestCommonDivisors::gcd).toList());
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), NUMBERS.size());
    try (Executor threads = ThreadPool.of(workers)) {
      show("threads", workers, threads, serial, out);
    }
    try (Executor processes = ProcessPool.of(workers)) {
      show("processes", workers, processes, serial, out);
    }
    pythonSeconds
        .call()
        .ifPresentOrElse(
            python -> out.printf("CPython      %8.2f ms  by threads, %.0f times as long as one by one here%n",
                python * 1e3, python / serial),
            () -> out.println("CPython      no python3 on the PATH to measure against"));
  }

  private static void show(String kind, int workers, Executor executor, double serial, PrintStream out) throws Exception {
    List<Integer> found = executor.map(C29GreatestCommonDivisors::gcd, NUMBERS).toList();
    double seconds = fastest(() -> executor.map(C29GreatestCommonDivisors::gcd, NUMBERS).toList());
    out.printf("%d %-10s %8.2f ms  %s  %.1f times faster%n", workers, kind, seconds * 1e3, found, serial / seconds);
  }

  /** The greatest number that divides both, by trying one after the other. */
  static int gcd(Numbers pair) {
    for (int i = Math.min(pair.a(), pair.b()); i > 1; i--) {
      if (pair.a() % i == 0 && pair.b() % i == 0) {
        return i;
      }
    }
    return 1;
  }

  /** The fastest of several runs: the first ones are for the compiler. */
  private static double fastest(Callable<List<Integer>> work) throws Exception {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      Stopwatch stopwatch = new Stopwatch();
      work.call();
      best = Math.min(best, stopwatch.seconds());
    }
    return best;
  }
}
