package dev.heddle.cookbook;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Measures the seconds since its creation. */
final class Stopwatch {
  private final long start = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns the median of several runs, which excludes warm-up and interference. */
  static double median(int runs, Callable<?> work) throws Exception {
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      Stopwatch stopwatch = new Stopwatch();
      work.call();
      seconds[i] = stopwatch.seconds();
    }
    Arrays.sort(seconds);
    return seconds[runs / 2];
  }
}
