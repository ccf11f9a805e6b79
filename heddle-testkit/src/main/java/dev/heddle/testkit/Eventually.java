package dev.heddle.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions that no event announces: a thread that becomes idle, a process that ends, an object that is
 * collected. Thread-safe. Blocks for at most 30 s.
 */
public final class Eventually {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  private Eventually() {}

  /** Checks a condition repeatedly until it holds. */
  public static void holds(BooleanSupplier condition) {
    holds("the condition holds", condition);
  }

  /**
   * Checks a condition repeatedly until it holds.
   *
   * @param what the condition in words, as in "the worker is idle"
   * @throws AssertionError if it does not hold within 30 s; with a dump of all threads
   */
  public static void holds(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > BOUND.toNanos()) {
        throw new AssertionError(
            "within " + BOUND.toSeconds() + " s it did not come true that " + what + ". All threads:\n" + ThreadDump.take());
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
