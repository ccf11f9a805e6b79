package dev.heddle.benchmarks.measure;

import dev.heddle.cookbook.CPython;

/** Measures the time that CPython takes for a statement. */
public final class PythonTimes {
  private PythonTimes() {}

  /**
   * The seconds that a call of {@code run()} takes, the median of seven times a hundred.
   *
   * @param definitions define {@code run}; what stands in {@code itertools} is imported
   * @return NaN if there is no CPython
   */
  public static double seconds(String definitions) throws InterruptedException {
    String script = """
        import timeit
        from itertools import *
        %s
        timer = timeit.Timer('run()', globals=globals())
        timer.timeit(50)
        print(sorted(timer.repeat(7, 100))[3] / 100)
        """
        .formatted(definitions);
    return CPython.seconds(script).orElse(Double.NaN);
  }
}
