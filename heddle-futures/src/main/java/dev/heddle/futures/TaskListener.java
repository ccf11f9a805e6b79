package dev.heddle.futures;

/**
 * Is told what becomes of an executor's tasks; for progress displays and logs.
 *
 * <p>Called on the thread where it happens, several at once, so an implementation must be thread-safe and quick. One that
 * throws is logged and harms no task.
 */
public interface TaskListener {

  /** A task was accepted. Called before it can begin. */
  default void submitted(Future<?> task) {}

  /** An attempt at a task begins, on this thread. */
  default void started(Future<?> task) {}

  /** An attempt has failed and another follows. */
  default void retrying(Future<?> task, Throwable failure) {}

  /** A task has ended: with a result, with an exception, or cancelled. Called before its callbacks. */
  default void finished(Future<?> task) {}
}
