package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** Thrown when what was asked for does not go with the state of a loop, a task or a coroutine; the message says why. */
public final class LoopStateException extends AsyncioException {
  private static final long serialVersionUID = 1;

  LoopStateException(String message) {
    this(message, null);
  }

  LoopStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
