package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** Arguments checked where they come in; the errors name the argument, its value, the rule and the remedy. */
final class Check {
  private Check() {}

  /** The argument, which must not be null. */
  static <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new NullPointerException(name + " must not be null");
    }
    return value;
  }

  /** The argument, which must be 0 or more. */
  static long notNegative(long value, String name, String remedy) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more, but was " + value + "; " + remedy);
    }
    return value;
  }

  /** The argument, which must be 0 or more. */
  static int notNegative(int value, String name, String remedy) {
    return (int) notNegative((long) value, name, remedy);
  }

  /** The argument, which must be 1 or more. */
  static int positive(int value, String name, String remedy) {
    return (int) positive((long) value, name, remedy);
  }

  /** The argument, which must be 1 or more. */
  static long positive(long value, String name, String remedy) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, but was " + value + "; " + remedy);
    }
    return value;
  }

  /** What a function handed to a stage returned, which must not be null. */
  static <T> T returned(@Nullable T value, String function, @Nullable Object element) {
    if (value == null) {
      throw new NullPointerException(
          function + " returned null for " + element + "; return an empty Iterable, such as List.of(), for no elements");
    }
    return value;
  }
}
