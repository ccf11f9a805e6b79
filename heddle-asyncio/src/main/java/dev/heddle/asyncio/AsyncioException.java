package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The root of the exceptions of the event loop; see its subclasses. */
public class AsyncioException extends RuntimeException {

  /** An exception whose message names what was asked for, what is wrong and the remedy. */
  public AsyncioException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
