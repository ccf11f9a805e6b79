package dev.heddle.cookbook;

/** The work of several recipes: to sum up a range of numbers, one by one. */
final class Sums {
  private Sums() {}

  /** 1 + 2 + … + n, slowly; it stops when it is interrupted. */
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
