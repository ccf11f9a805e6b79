package dev.heddle.asyncio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, with messages that name the argument, its value, the rule and the remedy. */
final class Check {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private Check() {}

  static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    return value;
  }

  static int notNegative(int value, String argument, String remedy) {
    if (value < 0) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + value + "; " + remedy);
    }
    return value;
  }

  static int positive(int value, String argument, String remedy) {
    if (value < 1) {
      throw new IllegalArgumentException(argument + " must be at least 1, but was " + value + "; " + remedy);
    }
    return value;
  }

  /** The duration in nanoseconds, at the most 146 years, so that a moment that far from now can still be reckoned. */
  static long nanos(@Nullable Duration value, String argument, String remedy) {
    Duration given = notNull(value, argument);
    if (given.isNegative()) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + given + "; " + remedy);
    }
    return given.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE / 2 : given.toNanos();
  }
}
