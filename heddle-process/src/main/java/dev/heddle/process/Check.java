package dev.heddle.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, with messages that name the argument, its value, the rule and the remedy. */
final class Check {
  /** What a count of nanoseconds can say: 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

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

  /** A copy of a list that holds no null. */
  static <T> List<T> copy(@Nullable List<T> list, String argument) {
    int at = 0;
    for (T each : notNull(list, argument)) {
      notNull(each, argument + "[" + at++ + "]");
    }
    return List.copyOf(list);
  }

  /** A copy of a map that holds no null. */
  static <V> Map<String, V> copy(@Nullable Map<String, V> map, String argument) {
    notNull(map, argument)
        .forEach((key, value) -> notNull(value, argument + "[" + notNull(key, "a key of " + argument) + "]"));
    return Map.copyOf(map);
  }

  /** A duration that is positive; what is longer than nanoseconds can count is cut to that. */
  static Duration positive(Duration value, String argument, String remedy) {
    if (notNull(value, argument).isZero() || value.isNegative()) {
      throw new IllegalArgumentException(argument + " must be longer than zero, but was " + value + "; " + remedy);
    }
    return value.compareTo(LONGEST) < 0 ? value : LONGEST;
  }
}
