package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** The root of the errors of child processes; see its subclasses. */
public class SubprocessException extends RuntimeException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public SubprocessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
