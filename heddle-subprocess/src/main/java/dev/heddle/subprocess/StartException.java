package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when a process cannot be started; nothing is left running. Its subclasses tell the reason, where it is known. */
public class StartException extends SubprocessException {

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
