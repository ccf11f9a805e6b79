package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** The root of the errors of clusters; see its subclasses. */
public class ClusterException extends RuntimeException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
