package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when no member of the cluster can take a task, or none was found: an error in place of a wait without end. */
public final class NoMemberException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public NoMemberException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
