package dev.heddle.futures;

/**
 * Counts of the tasks and workers of an executor.
 *
 * @param submitted tasks accepted since it was made
 * @param succeeded tasks that ended with a result
 * @param failed tasks that ended with an exception, time-outs included
 * @param cancelled tasks that were cancelled
 * @param retried attempts that failed and were followed by another
 * @param queued tasks that have not begun
 * @param running tasks under way
 * @param waiting tasks under way that wait for another task
 * @param workers live workers: threads, processes, members
 * @param failedStarts starts of workers that have failed since it was made, as far as they count one by one: those that one
 *     mishap has struck together count once
 */
public record ExecutorStats(
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long retried,
    int queued,
    int running,
    int waiting,
    int workers,
    long failedStarts) {

  /** Returns the number of tasks that have ended: succeeded, failed or cancelled. */
  public long done() {
    return succeeded + failed + cancelled;
  }
}
