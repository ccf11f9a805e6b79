package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when what a member has sent as a result is not accepted: a class that is not allowed, or over a limit. Only the one task fails. */
public final class RefusedResultException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public RefusedResultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
