package dev.heddle.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, with messages that name the argument, its value, the rule and the remedy. */
final class Check {
  private Check() {}

  static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    return value;
  }

  static int notNegative(int value, String argument, String remedy) {
    notNegative((long) value, argument, remedy);
    return value;
  }

  static long notNegative(long value, String argument, String remedy) {
    if (value < 0) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + value + "; " + remedy);
    }
    return value;
  }

  static Duration positive(Duration value, String argument, String remedy) {
    if (notNull(value, argument).isZero() || value.isNegative()) {
      throw new IllegalArgumentException(argument + " must be longer than zero, but was " + value + "; " + remedy);
    }
    return value;
  }
}
