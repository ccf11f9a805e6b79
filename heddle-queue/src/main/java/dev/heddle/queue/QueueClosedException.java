package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a queue that was closed: to whoever puts, and to whoever takes once nothing is left.
 *
 * <p>Its cause is what the queue was {@linkplain ClosableQueue#closeWithError closed with}; null if it was just closed.
 *
 * <p>Origin: {@code queue.ShutDown} of Python.
 */
public final class QueueClosedException extends QueueException {

  private QueueClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static QueueClosedException toPutter(@Nullable Throwable cause) {
    return new QueueClosedException(
        "the item was not put: the queue was closed" + because(cause) + "; put before close(), or end when isClosed()",
        cause);
  }

  static QueueClosedException toTaker(@Nullable Throwable cause) {
    return new QueueClosedException(
        "nothing to take: the queue was closed" + because(cause)
            + " and is empty" + (cause == null ? "; iterate over it to end without an exception" : ""),
        cause);
  }

  static QueueClosedException toJoiner(long unfinished, Throwable cause) {
    return new QueueClosedException(
        "the queue was closed" + because(cause) + " while " + unfinished + " of its items were unfinished; they may never be"
            + " done, so join() does not wait for them",
        cause);
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : " with an error (" + Text.of(cause) + ")";
  }
}
