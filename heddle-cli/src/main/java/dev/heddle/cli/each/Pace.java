package dev.heddle.cli.each;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds the starts of jobs a time apart. Thread-safe. Origin: {@code --delay} of GNU parallel. */
final class Pace {
  private final long nanos;
  private long next = System.nanoTime();

  Pace(Duration delay) {
    this.nanos = delay.toNanos();
  }

  /** Waits until this job may start: the given time after the one before, however late that was. */
  void await() throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(slot() - System.nanoTime());
    }
  }

  private synchronized long slot() {
    long now = System.nanoTime();
    long slot = next - now > 0 ? next : now;
    next = slot + nanos;
    return slot;
  }
}
