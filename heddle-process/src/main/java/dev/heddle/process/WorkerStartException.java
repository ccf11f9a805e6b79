package dev.heddle.process;

import org.jspecify.annotations.Nullable;

/**
 * The reason why a worker process could not be started, or ended before it was ready; what it said itself stands in the
 * message.
 */
public final class WorkerStartException extends ProcessException {

  /** An error that says what went wrong and what to do. */
  public WorkerStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
