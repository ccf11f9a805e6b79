package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Generator;
import dev.heddle.process.ProcessPool;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The factors of four numbers, sequentially and in parallel; in CPython threads are slower than none. */
public final class C30Factorize extends Recipe {
  /** The numbers of the book. */
  public static final List<Integer> NUMBERS = List.of(2_139_079, 1_214_759, 1_516_637, 1_852_285);

  private static final int RUNS = 7;
  private static final String IN_PYTHON = """
      import time
      from concurrent.futures import ProcessPoolExecutor
      from threading import Thread

      def factorize(number):
          for i in range(1, number + 1):
              if number % i == 0:
                  yield i

      def factors(number):
          return list(factorize(number))

      numbers = [2139079, 1214759, 1516637, 1852285]

      def by_threads():
          threads = [Thread(target=factors, args=[number]) for number in numbers]
          for thread in threads:
              thread.start()
          for thread in threads:
              thread.join()

      def show(work):
          times = []
          for _ in range(3):
              start = time.perf_counter()
              work()
              times.append(time.perf_counter() - start)
          print(sorted(times)[1])

      if __name__ == '__main__':
      """;

  private final List<Integer> numbers;
  private final CPython.Clock python;

  C30Factorize() {
    this(NUMBERS, CPython::seconds);
  }

  C30Factorize(List<Integer> numbers, CPython.Clock python) {
    super(
        "Factors of four numbers, one by one and at the same time",
        """
            The factors are the same each time. Here threads use all cores; in CPython the global lock lets one run at a time.
            The study notes use larger numbers (half a minute in CPython); these are those of the book.""");
    this.numbers = numbers;
    this.python = python;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    List<List<Integer>> expected = numbers.stream().map(number -> factorize(number).toList()).toList();
    out.println("Numbers of factors: " + expected.stream().map(List::size).toList());
    Map<Way, Double> seconds = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      Found found = find(way, numbers);
      seconds.put(way, found.seconds());
      String same = found.factors().equals(expected) ? "the same factors" : "OTHER factors";
      out.printf("%-19s %9.2f ms  %s%n", way, found.seconds() * 1e3, same);
    }
    Way.compare(out, seconds, C30Factorize::inPython, python);
  }

  /**
   * The result of one way.
   *
   * @param factors of each number, in the order of the numbers
   * @param seconds the median of several runs
   */
  public record Found(List<List<Integer>> factors, double seconds) {}

  /** Finds the factors of numbers in one of the modes. */
  public static Found find(Way way, List<Integer> numbers) throws Exception {
    int workers = Way.workers(numbers.size());
    return switch (way) {
      case ONE_BY_ONE -> found(() -> numbers.stream().map(number -> factorize(number).toList()).toList());
      case THREADS -> {
        try (Executor threads = ThreadPool.of(workers)) {
          yield found(() -> threads.map(number -> factorize(number).toList(), numbers).toList());
        }
      }
      case PROCESSES -> {
        try (Executor processes = ProcessPool.of(workers)) {
          yield found(() -> processes.map(number -> factorize(number).toList(), numbers).toList());
        }
      }
    };
  }

  private static Found found(Callable<List<List<Integer>>> work) throws Exception {
    return new Found(work.call(), Stopwatch.median(RUNS, work));
  }

  /** Returns the divisors of a number. */
  static Generator<Integer> factorize(int number) {
    return Generator.of(y -> {
      for (int i = 1; i <= number; i++) {
        if (number % i == 0) {
          y.yield(i);
        }
      }
    });
  }

  /** Returns a script that prints the seconds that CPython takes in one of the modes. */
  public static String inPython(Way way) {
    String body = switch (way) {
      case ONE_BY_ONE -> "show(lambda: list(map(factors, numbers)))";
      case THREADS -> "show(by_threads)";
      case PROCESSES ->
        """
            with ProcessPoolExecutor(max_workers=4) as pool:
                show(lambda: list(pool.map(factors, numbers)))
            """;
    };
    return IN_PYTHON + body.indent(4);
  }
}
