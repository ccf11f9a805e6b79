package dev.heddle.process;

/**
 * The numbers of workers that have ended before their pool did, by reason. Immutable.
 *
 * <p>Another worker takes the place of each as soon as there are tasks for it; {@link WorkerStats#number} counts them all.
 *
 * @param crashed ended without the pool's doing: a crash, an exit, no memory, a kill from outside
 * @param unready ended before they were ready, which counts towards {@linkplain WorkerStartException breaking the pool}
 * @param stopped killed because the task they ran was cancelled or its time was over
 * @param unfit killed because they took more memory than {@link ProcessOptions#maxRss}, did not take their tasks, or told
 *     what cannot be; or told to end because they idled with more memory than that
 * @param retired told to end after {@link ProcessOptions#maxTasksPerWorker} tasks
 * @param idle told to end after {@link ProcessOptions#idleTimeout} without a task
 */
public record Restarts(long crashed, long unready, long stopped, long unfit, long retired, long idle) {

  /** Returns the number of all of them. */
  public long total() {
    return crashed + unready + stopped + unfit + retired + idle;
  }
}
