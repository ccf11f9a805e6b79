package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/** The root of the errors of queues and pipelines; see its subclasses. */
public class QueueException extends RuntimeException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public QueueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
