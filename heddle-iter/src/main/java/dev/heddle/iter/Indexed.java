package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/**
 * An element with its number, as Python's {@code enumerate} hands it out.
 *
 * @param index the number, counted from the start that {@code enumerate} was given
 */
public record Indexed<T extends @Nullable Object>(long index, T value) {

  @Override
  public String toString() {
    return "(" + index + ", " + value + ")";
  }
}
