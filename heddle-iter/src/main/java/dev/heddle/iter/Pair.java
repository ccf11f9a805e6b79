package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** Two elements that belong together, as a Python 2-tuple; either may be null where its type says so. */
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {

  /** The pair of two elements. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(A first, B second) {
    return new Pair<>(first, second);
  }

  @Override
  public String toString() {
    return "(" + first + ", " + second + ")";
  }
}
