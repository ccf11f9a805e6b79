package dev.heddle.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the pool waits for what workers ought to do at once.
 *
 * @param toEnd for a process that was told to end, or has closed its connection, until it is killed
 * @param toExit for a JVM that has said that it exits: its shutdown hooks may have something to do
 * @param toDie for a process that is killed again and again, until nobody waits for it any more
 * @param toClaim for a worker that is to take a task, until it counts as stuck
 */
record Patience(Duration toEnd, Duration toExit, Duration toDie, Duration toClaim) {
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2; // so that nanoTime() and this can be added and compared
  static final Patience DEFAULT = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
      Duration.ofSeconds(10));

  /** A user's duration in nanoseconds, 146 years at the most, which is for ever. */
  static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(LONGEST_NANOS)) >= 0 ? LONGEST_NANOS : duration.toNanos();
  }

  /** The same in milliseconds, at least one. */
  static long millis(Duration duration) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos(duration)));
  }
}
