package dev.heddle.subprocess;

import org.jspecify.annotations.Nullable;

/** Thrown when the directory in which a command is to run is missing, or is no directory. */
public final class WorkingDirectoryException extends StartException {

  WorkingDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
