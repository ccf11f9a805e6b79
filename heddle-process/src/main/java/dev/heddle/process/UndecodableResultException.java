package dev.heddle.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when what a worker process has sent as a result is not accepted: it holds an object of a class that is not allowed,
 * exceeds a limit, or is no result at all. Only the one task fails.
 */
public final class UndecodableResultException extends ProcessException {

  /** An error that says what was refused and how it could be allowed. */
  public UndecodableResultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
