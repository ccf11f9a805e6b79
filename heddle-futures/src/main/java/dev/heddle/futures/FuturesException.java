package dev.heddle.futures;

import org.jspecify.annotations.Nullable;

/** The root of the exceptions of running tasks and waiting for them. */
public class FuturesException extends RuntimeException {

  /** An error; the message names the task or wait, the problem and the remedy. */
  public FuturesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
