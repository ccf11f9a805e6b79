package dev.heddle.asyncio.task;

import org.jspecify.annotations.Nullable;

/** The casts that generics cannot express. */
public final class Unchecked {
  private Unchecked() {}

  /** Casts a value that was stored as an object back to its type; the caller knows that it is a T. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // null only where T allows it
  public static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }

  /** Throws an exception unchanged, also a checked one; declared to return one so that callers can write {@code throw}. */
  @SuppressWarnings("unchecked") // the cast is erased, which is its purpose
  public static <E extends Throwable> RuntimeException rethrow(Throwable t) throws E {
    throw (E) t;
  }
}
