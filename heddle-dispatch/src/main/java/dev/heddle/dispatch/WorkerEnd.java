package dev.heddle.dispatch;

/** The end of a worker as its channel saw it. Immutable. */
public interface WorkerEnd {

  /** Returns what a task fails with that the worker was running. */
  Throwable failureOf(String task);

  /**
   * Returns what a task fails with that the worker was running.
   *
   * @param attempt the number of the attempt, 1 for the first
   */
  default Throwable failureOf(String task, int attempt) {
    return failureOf(task);
  }

  /** Returns what a task fails with that was lost with this worker, and with others before, without ever having begun. */
  Throwable failureBefore(String task);

  /** Returns why a worker that ended before it was ready could not be had; its message says what the worker said itself. */
  Throwable startFailure();

  /** Returns why the worker ended, in a few words. */
  String reason();

  /** Returns whether a worker that ended like this before it was ready counts as a failed start, after which others wait. */
  default boolean isFailedStart() {
    return true;
  }

  /** Returns what is to be done if workers end like this again and again before they are ready, as an imperative. */
  String startRemedy();

  /** Returns what else a message should say: the worker's own last words, after a separator; empty if there is nothing. */
  String details();
}
