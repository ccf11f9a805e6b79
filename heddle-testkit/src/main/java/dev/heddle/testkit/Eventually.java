package dev.heddle.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces: a thread that goes idle, an object that is collected. */
final class Eventually {
  private static final long BOUND = Duration.ofSeconds(10).toNanos();
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  private Eventually() {}

  /** Looks again and again until a condition holds; an error that says what did not come true after ten seconds. */
  static void holds(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > BOUND) {
        throw new AssertionError("within 10 s it did not come true that " + what + ". All threads:\n" + ThreadDump.take());
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
