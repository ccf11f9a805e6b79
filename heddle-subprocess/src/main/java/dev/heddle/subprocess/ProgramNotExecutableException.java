package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when the program of a command exists and cannot be executed. */
public final class ProgramNotExecutableException extends StartException {

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public ProgramNotExecutableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
