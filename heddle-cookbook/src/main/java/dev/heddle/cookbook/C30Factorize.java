package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Generator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** The factors of four numbers, one by one and by threads: the threads of CPython took longer than none. */
final class C30Factorize extends Recipe {
  static final List<Integer> NUMBERS = List.of(2_139_079, 1_214_759, 1_516_637, 1_852_285);
  private static final String THE_SAME_IN_PYTHON =
      """
      import time
      from threading import Thread

      def factorize(number):
          for i in range(1, number + 1):
              if number % i == 0:
                  yield i

      start = time.time()
      threads = [Thread(target=lambda n=n: list(factorize(n))) for n in [2139079, 1214759, 1516637, 1852285]]
      for thread in threads:
          thread.start()
      for thread in threads:
          thread.join()
      print(time.time() - start)
      """;

  private final List<Integer> numbers;
  private final Callable<OptionalDouble> pythonSeconds;

  C30Factorize() {
    this(NUMBERS, () -> CPython.seconds(THE_SAME_IN_PYTHON));
  }

  C30Factorize(List<Integer> numbers, Callable<OptionalDouble> pythonSeconds) {
    super(
        "Factors of four numbers, one by one and by threads",
        """
        The same factors both ways. Here the threads share the cores; under CPython's lock they take turns.
        The notes' numbers are larger (half a minute in CPython); these are the book's.""");
    this.numbers = numbers;
    this.pythonSeconds = pythonSeconds;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    oneByOne(); // for the compiler
    Stopwatch stopwatch = new Stopwatch();
    List<List<Integer>> expected = oneByOne();
    double serial = stopwatch.seconds();
    out.printf("One by one   %8.2f ms  %s%n", serial * 1e3, expected.stream().map(List::size).toList());
    stopwatch = new Stopwatch();
    List<List<Integer>> factors = byThreads();
    double threads = stopwatch.seconds();
    out.printf("4 threads    %8.2f ms  %s factors%n", threads * 1e3, factors.equals(expected) ? "the same" : "OTHER");
    pythonSeconds
        .call()
        .ifPresentOrElse(
            python -> out.printf("CPython      %8.2f ms  by threads, %.0f times as long%n", python * 1e3, python / threads),
            () -> out.println("CPython      no python3 on the PATH to measure against"));
  }

  List<List<Integer>> oneByOne() {
    return numbers.stream().map(number -> factorize(number).toList()).toList();
  }

  List<List<Integer>> byThreads() {
    try (Executor executor = ThreadPool.of(4)) {
      List<Future<List<Integer>>> all = new ArrayList<>();
      for (int number : numbers) {
        all.add(executor.submit(() -> factorize(number).toList()));
      }
      return all.stream().map(Future::result).toList();
    }
  }

  /** The numbers that divide another one. */
  static Generator<Integer> factorize(int number) {
    return Generator.of(y -> {
      for (int i = 1; i <= number; i++) {
        if (number % i == 0) {
          y.yield(i);
        }
      }
    });
  }
}
