package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when a process cannot be started; nothing was left running. Its subclasses say why, where that is known. */
public class StartException extends SubprocessException {

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
