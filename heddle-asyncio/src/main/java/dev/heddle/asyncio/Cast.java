package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The casts that generics cannot express. */
final class Cast {
  private Cast() {}

  /** A value stored as an object, back to the type it had; the caller knows that it is a T. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // null only where T allows it
  static <T extends @Nullable Object> T to(@Nullable Object value) {
    return (T) value;
  }

  /** Lets an exception pass as it is, also a checked one: what a body throws is its caller's. */
  @SuppressWarnings("unchecked") // the cast is erased, which is its purpose
  static <E extends Throwable> RuntimeException sneaky(Throwable t) throws E {
    throw (E) t;
  }
}
