package dev.heddle.futures;

import org.jspecify.annotations.Nullable;

/** The root of the errors of waiting for and running tasks; see its subclasses. */
public class FuturesException extends RuntimeException {

  /** An error that says what was waited for, what is wrong and what to do. */
  public FuturesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
