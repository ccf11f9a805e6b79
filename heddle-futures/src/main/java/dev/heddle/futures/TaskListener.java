package dev.heddle.futures;

/**
 * A listener to the starts and ends of an executor's tasks; for progress displays and logs.
 *
 * <p>Called on the thread where the event happens, by several threads at once: an implementation must be thread-safe and
 * quick. Exceptions that it throws are logged and do not affect the task.
 */
public interface TaskListener {

  /** A task was accepted. Called before it can begin. */
  default void submitted(Future<?> task) {}

  /** An attempt at a task begins, on this thread. */
  default void started(Future<?> task) {}

  /** An attempt has failed and another follows. */
  default void retrying(Future<?> task, Throwable failure) {}

  /**
   * A worker could not be started, or ended before it was ready; the executor tries again unless it is broken. Only
   * executors whose workers are processes call it.
   *
   * @param executor the executor's name
   * @param inARow how many starts have failed since a worker was ready
   * @param failure why, in the words of the worker or the system
   */
  default void startFailed(String executor, int inARow, Throwable failure) {}

  /** A task has ended: with a result, with an exception, or cancelled. Called before its callbacks. */
  default void finished(Future<?> task) {}
}
