package dev.heddle.testkit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Null where the types forbid it, as callers without null checks pass it, and the check that a value is present. */
public final class Nulls {
  private Nulls() {}

  /** Returns null as any type, for tests of argument checks. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is its purpose
  public static <T> T any() {
    return null;
  }

  /** Returns a value that another thread must have set before. */
  public static <T> T present(AtomicReference<@Nullable T> reference) {
    T value = reference.get();
    if (value == null) {
      throw new AssertionError("the value has not been set");
    }
    return value;
  }
}
