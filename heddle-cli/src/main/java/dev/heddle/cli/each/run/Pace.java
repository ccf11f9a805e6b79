package dev.heddle.cli.each.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds the starts of jobs a time apart. Thread-safe. Origin: {@code --delay} of GNU parallel. */
public final class Pace {
  private final long nanos;
  private long next = System.nanoTime();

  public Pace(Duration delay) {
    this.nanos = delay.toNanos();
  }

  /** Waits until this job may start: the given time after the one before, however late that was. */
  public void await() throws InterruptedException {
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
