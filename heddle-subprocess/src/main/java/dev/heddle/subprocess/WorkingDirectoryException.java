package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when the directory in which a command is to run does not exist, or is not a directory. */
public final class WorkingDirectoryException extends StartException {

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public WorkingDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
