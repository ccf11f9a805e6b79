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

  /** What a worker is doing. */
  public enum Activity {
    /** It has not reported that it is ready. */
    STARTING,
    /** It waits for a task. */
    IDLE,
    /** It runs a task. */
    BUSY,
    /** It waits to replace another worker. */
    SPARE,
    /** It ends, or is being killed. */
    ENDING
  }
}
