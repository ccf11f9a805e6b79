package dev.heddle.futures;

import org.jspecify.annotations.Nullable;

/** The one cast that generics cannot express: a value stored as an object, back to the type it had. */
final class Cast {
  private Cast() {}

  /** The value; the caller knows that it is a T. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // null only where T allows it
  static <T extends @Nullable Object> T to(@Nullable Object value) {
    return (T) value;
  }
}
