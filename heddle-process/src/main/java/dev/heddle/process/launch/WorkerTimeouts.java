package dev.heddle.process.launch;

import java.time.Duration;

/**
 * The time limits for what a worker should do at once. Immutable.
 *
 * @param toEnd for a process that was told to end, or has closed its connection, until it is killed
 * @param toExit for a JVM that has said that it exits: its shutdown hooks may have something to do
 * @param toDie for a process that is killed again and again, until the pool goes on without its end
 * @param toClaim for a worker that is to start a task, until it counts as stuck
 */
public record WorkerTimeouts(Duration toEnd, Duration toExit, Duration toDie, Duration toClaim) {
  /** The timeouts of every pool. */
  public static final WorkerTimeouts DEFAULT = new WorkerTimeouts(
      Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
}
