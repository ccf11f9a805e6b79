package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when a result cannot be sent back because something in it is not serializable; the message gives the path of fields. */
public final class UnsendableResultException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public UnsendableResultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
