package dev.heddle.base;

import org.jspecify.annotations.Nullable;

/** The unchecked cast from a value that is stored as an object to its type parameter. */
public final class Cast {
  private Cast() {}

  /** Returns the value as a T; the caller knows that it is one. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // null only where T allows it
  public static <T extends @Nullable Object> T to(@Nullable Object value) {
    return (T) value;
  }
}
