package dev.heddle.queue.blocking;

import dev.heddle.base.Describe;
import dev.heddle.queue.QueueClosedException;
import org.jspecify.annotations.Nullable;

/** The exceptions of a queue that was closed, with or without an error. */
final class ClosedQueue {
  private ClosedQueue() {}

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
    return cause == null ? "" : " with an error (" + Describe.shortFailure(cause) + ")";
  }
}
