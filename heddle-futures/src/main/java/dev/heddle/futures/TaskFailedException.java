package dev.heddle.futures;

/**
 * Thrown by a wait for a task's result when the task has failed; its cause is what the task threw, the very object.
 *
 * <p>Each wait gets an exception of its own, whose stack trace shows who waited.
 */
public final class TaskFailedException extends FuturesException {

  TaskFailedException(String task, Throwable cause) {
    super("task '" + task + "' failed: " + Text.of(cause), cause);
  }

  /** What the task threw. */
  @Override
  public synchronized Throwable getCause() {
    Throwable cause = super.getCause();
    if (cause == null) {
      throw new AssertionError("a TaskFailedException always has a cause");
    }
    return cause;
  }
}
