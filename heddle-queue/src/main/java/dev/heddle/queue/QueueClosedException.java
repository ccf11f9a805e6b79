package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a queue that was closed: by every put, and by a take once the queue is empty.
 *
 * <p>Its cause is the error that the queue was {@linkplain ClosableQueue#closeWithError closed with}; null if it was closed
 * without one.
 *
 * <p>Origin: {@code queue.ShutDown} of Python.
 */
public final class QueueClosedException extends QueueException {

  /** Creates an exception; queues throw it, and fakes of queues in tests may. */
  public QueueClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
