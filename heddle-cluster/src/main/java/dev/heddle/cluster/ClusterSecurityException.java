package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when a member does not have the cluster's secret, or a message was altered, replayed or is too large. */
public final class ClusterSecurityException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public ClusterSecurityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
