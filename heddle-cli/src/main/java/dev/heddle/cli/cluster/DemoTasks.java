package dev.heddle.cli.cluster;

import java.util.SplittableRandom;

/** The computations of the demo. Stateless. */
final class DemoTasks {
  private DemoTasks() {}

  /** The sum of a range of numbers, added one by one. */
  static long sum(long from, long to) {
    long sum = 0;
    for (long each = from; each < to; each++) {
      sum += each;
    }
    return sum;
  }

  /** How many primes there are in a range. */
  static long primes(int from, int to) {
    long count = 0;
    for (int each = Math.max(from, 2); each < to; each++) {
      boolean prime = true;
      for (int divisor = 2; prime && (long) divisor * divisor <= each; divisor++) {
        prime = each % divisor != 0;
      }
      count += prime ? 1 : 0;
    }
    return count;
  }

  /** How many of as many random points of a square are in the circle within it. */
  static long hits(long seed, int points) {
    SplittableRandom random = new SplittableRandom(seed);
    long hits = 0;
    for (int i = 0; i < points; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      hits += x * x + y * y < 1 ? 1 : 0;
    }
    return hits;
  }
}
