package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when a task cannot be sent because something it holds is not serializable; the message gives the path of fields. */
public final class UnsendableTaskException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public UnsendableTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
