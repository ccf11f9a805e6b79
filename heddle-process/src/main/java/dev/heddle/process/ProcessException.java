package dev.heddle.process;

import org.jspecify.annotations.Nullable;

/** The root of the errors of worker processes; see its subclasses. */
public class ProcessException extends RuntimeException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public ProcessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
