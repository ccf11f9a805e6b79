package dev.heddle.queue;

import dev.heddle.base.Describe;
import org.jspecify.annotations.Nullable;

/**
 * An item that a stage failed to process.
 *
 * @param stage the stage's name
 * @param item the argument of its function; null if there was no item, as when a source fails
 * @param cause what its function threw, the very object
 */
public record FailedItem(String stage, @Nullable Object item, Throwable cause) {
  @Override
  public String toString() {
    return "'" + stage + "'" + (item == null ? "" : " at " + Describe.value(item)) + ": " + Describe.shortFailure(cause);
  }
}
