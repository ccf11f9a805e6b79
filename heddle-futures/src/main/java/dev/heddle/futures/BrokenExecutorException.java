package dev.heddle.futures;

import java.util.concurrent.RejectedExecutionException;

/**
 * What a task is rejected or fails with when its executor can run nothing more, because its workers cannot be set up; the
 * cause says why.
 *
 * <p>Origin: Python's {@code BrokenExecutor}.
 */
public final class BrokenExecutorException extends RejectedExecutionException {

  /** An error that says which executor is broken, why and what to do; for those who write engines. */
  public BrokenExecutorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For an executor whose initializer failed. */
  static BrokenExecutorException ofInitializer(String executor, Throwable cause) {
    return new BrokenExecutorException(
        "executor '" + executor + "' is broken: its initializer failed (" + Text.of(cause)
            + "); mend the initializer and make a new executor",
        cause);
  }

  /** The same, as an object of its own for another task. */
  public BrokenExecutorException(BrokenExecutorException other) {
    super(other.getMessage(), other.getCause());
  }
}
