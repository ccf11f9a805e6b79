package dev.heddle.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a task cannot be sent to a worker process because something it holds is not serializable.
 *
 * <p>The message gives the path of fields from the task to that object, and what to do about it.
 */
public final class NotSerializableTaskException extends ProcessException {

  /** An error that names the task, the path to what cannot be sent, and the remedy. */
  public NotSerializableTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
