package dev.heddle.cookbook;

/** The CPU-bound work of several recipes: the sum of a range of numbers, computed one by one. */
final class Sums {
  private Sums() {}

  /** Returns 1 + 2 + … + n, computed by a loop that stops on interruption. */
  static long upTo(long n) throws InterruptedException {
    long sum = 0;
    for (long i = 1; i <= n; i++) {
      sum += i;
      if ((i & 0xF_FFFF) == 0 && Thread.interrupted()) {
        throw new InterruptedException("cancelled at " + i + " of " + n);
      }
    }
    return sum;
  }
}
