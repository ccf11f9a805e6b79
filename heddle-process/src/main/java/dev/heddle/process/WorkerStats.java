package dev.heddle.process;

import java.time.Instant;

/**
 * A snapshot of a worker. Immutable.
 *
 * @param number counts the pool's workers, from 1
 * @param pid its process id, or -1 if it has not started yet
 * @param state what it is doing
 * @param tasks how many tasks it has finished
 * @param rss its resident memory in bytes, or -1 where the system does not tell
 * @param started when it was started
 */
public record WorkerStats(int number, long pid, State state, long tasks, long rss, Instant started) {

  /** The state of a worker. */
  public enum State {
    /** Its JVM starts, or it runs the initializer. */
    STARTING,
    /** The worker waits for a task. */
    IDLE,
    /** The worker runs a task. */
    BUSY,
    /** The worker waits to take the place of another one. */
    SPARE,
    /** The worker ends, or is being killed. */
    ENDING
  }
}
