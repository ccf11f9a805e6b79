package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** Three elements that belong together, as a Python 3-tuple; each may be null where its type says so. */
public record Triple<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
    A first, B second, C third) {

  /** The triple of three elements. */
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Triple<A, B, C> of(
      A first, B second, C third) {
    return new Triple<>(first, second, third);
  }

  @Override
  public String toString() {
    return "(" + first + ", " + second + ", " + third + ")";
  }
}
