package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** The root of the exceptions of child processes. */
public class SubprocessException extends RuntimeException {

  /**
   * Creates an exception.
   *
   * @param message what was attempted, what is wrong, and the remedy
   */
  public SubprocessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
