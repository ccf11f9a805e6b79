package dev.heddle.subprocess;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, with messages that name the argument, its value, the rule and the remedy. */
final class Check {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

  private Check() {}

  static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    return value;
  }

  static Duration notNegative(Duration value, String argument) {
    if (notNull(value, argument).isNegative()) {
      throw new IllegalArgumentException(
          argument + " must not be negative, but was " + value + "; Duration.ZERO is the least");
    }
    return value;
  }

  static Duration positive(Duration value, String argument) {
    if (notNegative(value, argument).isZero()) {
      throw new IllegalArgumentException(argument + " must be longer than zero; leave it out to wait as long as it takes");
    }
    return value;
  }

  /** A text that is passed to the system, which ends it at the first NUL. */
  static String noNul(String value, String argument) {
    if (notNull(value, argument).indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          argument + " must not contain the character NUL, which ends texts in the system, but was '"
              + value.replace("\0", "\\0") + "'");
    }
    return value;
  }

  /** The duration in nanoseconds, at the most 73 years, so that a deadline does not overflow. */
  static long nanos(Duration value) {
    return value.compareTo(LONGEST) >= 0 ? LONGEST.toNanos() : value.toNanos();
  }
}
