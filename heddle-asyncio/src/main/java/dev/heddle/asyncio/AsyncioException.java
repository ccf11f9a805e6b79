package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The root of the errors of the event loop; see its subclasses. */
public class AsyncioException extends RuntimeException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public AsyncioException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
