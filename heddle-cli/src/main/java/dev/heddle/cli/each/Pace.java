package dev.heddle.cli.each;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds the starts of jobs a time apart. Used by one thread. Origin: {@code --delay} of GNU parallel. */
final class Pace {
  private final long nanos;
  private long next = System.nanoTime();

  Pace(Duration delay) {
    this.nanos = delay.toNanos();
  }

  /** Returns when the next job may start. */
  void await() throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      next = System.nanoTime() + nanos;
    }
  }
}
