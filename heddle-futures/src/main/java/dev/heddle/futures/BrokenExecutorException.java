package dev.heddle.futures;

import java.util.concurrent.RejectedExecutionException;

/**
 * What a task is rejected or fails with when its executor can run nothing more, because its workers cannot be set up; the
 * cause says why.
 *
 * <p>Origin: Python's {@code BrokenExecutor}.
 */
public final class BrokenExecutorException extends RejectedExecutionException {

  BrokenExecutorException(String executor, Throwable cause) {
    super(
        "executor '" + executor + "' is broken: its initializer failed (" + Text.of(cause)
            + "); mend the initializer and make a new executor",
        cause);
  }

  /** The same, as an object of its own for another task. */
  BrokenExecutorException(BrokenExecutorException other) {
    super(other.getMessage(), other.getCause());
  }
}
