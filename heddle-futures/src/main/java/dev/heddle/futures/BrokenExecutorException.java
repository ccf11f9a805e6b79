package dev.heddle.futures;

import java.util.concurrent.RejectedExecutionException;

/**
 * The failure of tasks of an executor that can run no more tasks because its workers cannot be set up; the cause says why.
 * New tasks are rejected with it.
 *
 * <p>Origin: Python's {@code BrokenExecutor}.
 */
public final class BrokenExecutorException extends RejectedExecutionException {

  /** An error that names the executor, the reason and the remedy; for implementers of engines. */
  public BrokenExecutorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A copy, for another task: each task fails with an exception of its own. */
  public BrokenExecutorException(BrokenExecutorException other) {
    super(other.getMessage(), other.getCause());
  }
}
