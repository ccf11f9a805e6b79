package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a wait for a task's result when the task has failed; its cause is the exception that the task threw, the same
 * object.
 *
 * <p>Each wait throws a new exception, whose stack trace is that of the waiting thread.
 */
public final class TaskFailedException extends FuturesException {

  /** A failed task; for executors. */
  public TaskFailedException(String task, Throwable cause) {
    super("task '" + task + "' failed: " + Describe.failure(cause), cause);
  }

  private TaskFailedException(String message, Throwable cause, boolean ignored) {
    super(message, cause);
  }

  /**
   * The failure of an input of a map; for executors.
   *
   * @param task the name of the task
   * @param index the index of the input, from 0
   */
  public static TaskFailedException ofMapInput(String task, long index, @Nullable Object input, Throwable cause) {
    return new TaskFailedException(
        "input " + index + " of a map (" + Describe.value(input) + ", task '" + task + "') failed: "
            + Describe.failure(cause),
        cause,
        true);
  }

  /** The exception that the task threw. */
  @Override
  public synchronized Throwable getCause() {
    Throwable cause = super.getCause();
    if (cause == null) {
      throw new AssertionError("a TaskFailedException always has a cause");
    }
    return cause;
  }

  /**
   * Throws the task's own exception if it is of a type, so that it can be caught by that type; otherwise returns this one.
   *
   * <pre>{@code
   * try {
   *   return size.result();
   * } catch (TaskFailedException e) {
   *   throw e.rethrowCause(IOException.class);
   * }
   * }</pre>
   *
   * <p>The exception is the object that the task threw, with the stack trace of its thread.
   *
   * @throws X the cause, if it is one
   */
  public <X extends Throwable> TaskFailedException rethrowCause(Class<X> type) throws X {
    if (Check.notNull(type, "type").isInstance(getCause())) {
      throw type.cast(getCause());
    }
    return this;
  }
}
