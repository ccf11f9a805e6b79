package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when the program of a command does not exist; the message names what was searched. */
public final class ProgramNotFoundException extends StartException {

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public ProgramNotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
