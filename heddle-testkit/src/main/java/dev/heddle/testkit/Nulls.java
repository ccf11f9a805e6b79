package dev.heddle.testkit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Null where the types forbid it, as callers without null checks pass it; and its opposite. */
final class Nulls {
  private Nulls() {}

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is its purpose
  static <T> T any() {
    return null;
  }

  /** A value that another thread must have set by now. */
  static <T> T present(AtomicReference<@Nullable T> reference) {
    T value = reference.get();
    if (value == null) {
      throw new AssertionError("it was to be set by now");
    }
    return value;
  }
}
