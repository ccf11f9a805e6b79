package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** Thrown when a loop, a task or a coroutine is not in the state that a call requires; the message says why. */
public final class LoopStateException extends AsyncioException {
  private static final long serialVersionUID = 1;

  /** An exception that names the state and the remedy. */
  public LoopStateException(String message) {
    this(message, null);
  }

  /** An exception that names the state and the remedy, with its cause. */
  public LoopStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
