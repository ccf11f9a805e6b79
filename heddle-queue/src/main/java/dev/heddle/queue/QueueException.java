package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/** The root of the exceptions of queues and pipelines. */
public class QueueException extends RuntimeException {

  /**
   * Creates an exception.
   *
   * @param message what was attempted, what is wrong, and the remedy
   */
  public QueueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
