package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/**
 * An item that a stage could not work on.
 *
 * @param stage the stage's name
 * @param item what its function was given; null if there was no item, as when a source fails
 * @param cause what its function threw, the very object
 */
public record FailedItem(String stage, @Nullable Object item, Throwable cause) {

  @Override
  public String toString() {
    return "'" + stage + "'" + (item == null ? "" : " at " + Text.of(item)) + ": " + Text.of(cause);
  }
}
