package dev.heddle.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces: a process that ends. */
public final class Eventually {
  private static final long BOUND = Duration.ofSeconds(30).toNanos();

  private Eventually() {}

  public static void holds(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > BOUND) {
        throw new AssertionError("it did not come true within 30 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
