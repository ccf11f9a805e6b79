package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessPool;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Four greatest common divisors: sequentially, by threads, and by processes. */
public final class C29GreatestCommonDivisors extends Recipe {
  private static final int RUNS = 11;
  private static final String IN_PYTHON = """
      import time
      from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

      def gcd(pair):
          a, b = pair
          low = min(a, b)
          for i in range(low, 0, -1):
              if a % i == 0 and b % i == 0:
                  return i

      numbers = [(1938323, 2893844), (4981932, 1393843), (1385764, 4928467), (8398471, 2938123)]

      def show(map):
          times = []
          for _ in range(3):
              start = time.perf_counter()
              list(map(gcd, numbers))
              times.append(time.perf_counter() - start)
          print(sorted(times)[1])

      if __name__ == '__main__':
      """;

  /** Two numbers. */
  record Numbers(int a, int b) implements Serializable {}

  static final List<Numbers> NUMBERS = List.of(
      new Numbers(1_938_323, 2_893_844),
      new Numbers(4_981_932, 1_393_843),
      new Numbers(1_385_764, 4_928_467),
      new Numbers(8_398_471, 2_938_123));

  private final CPython.Clock python;

  C29GreatestCommonDivisors() {
    this(CPython::seconds);
  }

  C29GreatestCommonDivisors(CPython.Clock python) {
    super(
        "Greatest common divisors three ways",
        """
            Without a global lock, threads use all cores; CPython needs processes for that.
            A process costs its start, and each task the transfer in ten steps: docs/processes.md has their costs.
            The pools are started before the time is measured, here as in CPython.""");
    this.python = python;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    Map<Way, Double> seconds = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      Found found = find(way);
      seconds.put(way, found.seconds());
      out.printf("%-19s %9.2f ms  %s%n", way, found.seconds() * 1e3, found.divisors());
    }
    Way.compare(out, seconds, C29GreatestCommonDivisors::inPython, python);
  }

  /**
   * The result of one way.
   *
   * @param seconds the median of several runs
   */
  public record Found(List<Integer> divisors, double seconds) {}

  /** Finds the divisors of the four pairs in one of the modes. */
  public static Found find(Way way) throws Exception {
    int workers = Way.workers(NUMBERS.size());
    return switch (way) {
      case ONE_BY_ONE -> found(() -> NUMBERS.stream().map(C29GreatestCommonDivisors::gcd).toList());
      case THREADS -> {
        try (Executor threads = ThreadPool.of(workers)) {
          yield found(() -> threads.map(C29GreatestCommonDivisors::gcd, NUMBERS).toList());
        }
      }
      case PROCESSES -> {
        try (Executor processes = ProcessPool.of(workers)) {
          yield found(() -> processes.map(C29GreatestCommonDivisors::gcd, NUMBERS).toList());
        }
      }
    };
  }

  private static Found found(Callable<List<Integer>> work) throws Exception {
    return new Found(work.call(), Stopwatch.median(RUNS, work));
  }

  /** Returns the greatest common divisor, found by trial. */
  static int gcd(Numbers pair) {
    for (int i = Math.min(pair.a(), pair.b()); i > 1; i--) {
      if (pair.a() % i == 0 && pair.b() % i == 0) {
        return i;
      }
    }
    return 1;
  }

  /** Returns a script that prints the seconds that CPython takes in one of the modes. */
  public static String inPython(Way way) {
    String body = switch (way) {
      case ONE_BY_ONE -> "show(map)";
      case THREADS ->
        """
            with ThreadPoolExecutor(max_workers=4) as pool:
                show(pool.map)
            """;
      case PROCESSES ->
        """
            with ProcessPoolExecutor(max_workers=4) as pool:
                show(pool.map)
            """;
    };
    return IN_PYTHON + body.indent(4);
  }
}
