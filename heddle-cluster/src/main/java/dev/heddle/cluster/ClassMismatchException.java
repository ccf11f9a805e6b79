package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when a class of a task differs between the driver and the member that is to run it; redeploy one of them. */
public final class ClassMismatchException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public ClassMismatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
