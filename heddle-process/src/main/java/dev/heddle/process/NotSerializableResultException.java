package dev.heddle.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the result of a task cannot be sent back from a worker process because something in it is not serializable.
 *
 * <p>The message gives the path of fields from the result to that object, and what to do about it.
 */
public final class NotSerializableResultException extends ProcessException {

  /** An error that names the path to what cannot be sent, and the remedy. */
  public NotSerializableResultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
