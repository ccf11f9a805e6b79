package dev.heddle.queue.blocking;

import dev.heddle.base.Describe;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a queue was closed.
 *
 * @param cause the error that it was closed with; null if there was none
 * @param now whether the remaining items were removed
 */
record QueueEnd(@Nullable Throwable cause, boolean now) {

  /**
   * Returns whether this end takes effect after another one. An error does after {@code close()}, too: threads in {@code join()} must
   * learn that the rest will not be processed.
   */
  boolean replaces(@Nullable QueueEnd before) {
    return before == null || (cause != null && before.cause == null && !before.now);
  }

  /** Returns the text for the description of the queue. */
  String described() {
    return ", closed" + (cause == null ? "" : " with " + Describe.shortFailure(cause));
  }
}
