package dev.heddle.dispatch;

import java.time.Instant;

/**
 * A worker at one moment. Immutable.
 *
 * @param channel the worker
 * @param activity what it was doing
 * @param assigned how many tasks it had been given and not finished
 * @param finished how many tasks it had finished
 * @param started when it was started
 */
public record WorkerInfo(WorkerChannel channel, Activity activity, int assigned, long finished, Instant started) {

  /** The activity of a worker. */
  public enum Activity {
    /** The worker has not reported that it is ready. */
    STARTING,
    /** The worker waits for a task. */
    IDLE,
    /** The worker runs a task. */
    BUSY,
    /** The worker waits to replace another one. */
    SPARE,
    /** The worker ends, or is being killed. */
    ENDING
  }
}
