package dev.heddle.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, with messages that name the argument, its value, the rule and the remedy. */
final class Check {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Check() {}

  static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    return value;
  }

  static String notBlank(@Nullable String value, String argument, String remedy) {
    String text = notNull(value, argument);
    if (text.isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank, but was '" + text + "'; " + remedy);
    }
    return text;
  }

  static int positive(int value, String argument, String remedy) {
    return (int) positive((long) value, argument, remedy);
  }

  static long positive(long value, String argument, String remedy) {
    if (value < 1) {
      throw new IllegalArgumentException(argument + " must be at least 1, but was " + value + "; " + remedy);
    }
    return value;
  }

  static int notNegative(int value, String argument, String remedy) {
    return (int) notNegative((long) value, argument, remedy);
  }

  static long notNegative(long value, String argument, String remedy) {
    if (value < 0) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + value + "; " + remedy);
    }
    return value;
  }

  static Duration positive(@Nullable Duration value, String argument, String remedy) {
    Duration time = notNull(value, argument);
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(argument + " must be longer than zero, but was " + time + "; " + remedy);
    }
    return time;
  }

  static Duration notNegative(@Nullable Duration value, String argument, String remedy) {
    Duration time = notNull(value, argument);
    if (time.isNegative()) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + time + "; " + remedy);
    }
    return time;
  }

  /** The time to wait in nanoseconds, at the most {@link Long#MAX_VALUE} (292 years). */
  static long timeout(@Nullable Duration value) {
    return nanos(notNegative(value, "timeout", "Duration.ZERO looks without waiting"));
  }

  static long nanos(Duration value) {
    return value.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : value.toNanos();
  }
}
