package dev.heddle.base;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Argument checks whose exceptions name the argument, its value, the rule and the remedy. */
public final class Check {
  /** 146 years: the longest duration whose nanoseconds can be added to {@link System#nanoTime} without overflow. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private Check() {}

  /** Returns the argument, which must not be null. */
  public static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    return value;
  }

  /** Returns the text, which must contain a character that is not white space. */
  public static String notBlank(@Nullable String value, String argument, String remedy) {
    String text = notNull(value, argument);
    if (text.isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank, but was '" + text + "'; " + remedy);
    }
    return text;
  }

  /** Returns the text, which must not contain NUL: the operating system ends a text at the first one. */
  public static String noNul(@Nullable String value, String argument) {
    String text = notNull(value, argument);
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          argument + " must not contain the character NUL, at which the operating system ends a text, but was '"
              + text.replace("\0", "\\0") + "'; remove it");
    }
    return text;
  }

  /** Returns the argument, which must be at least 1. */
  public static int positive(int value, String argument, String remedy) {
    return (int) positive((long) value, argument, remedy);
  }

  /** Returns the argument, which must be at least 1. */
  public static long positive(long value, String argument, String remedy) {
    if (value < 1) {
      throw new IllegalArgumentException(argument + " must be at least 1, but was " + value + "; " + remedy);
    }
    return value;
  }

  /** Returns the argument, which must be 0 or more. */
  public static int notNegative(int value, String argument, String remedy) {
    return (int) notNegative((long) value, argument, remedy);
  }

  /** Returns the argument, which must be 0 or more. */
  public static long notNegative(long value, String argument, String remedy) {
    if (value < 0) {
      throw new IllegalArgumentException(argument + " must not be negative, but was " + value + "; " + remedy);
    }
    return value;
  }

  /** Returns the duration, which must be longer than zero. */
  public static Duration positive(@Nullable Duration value, String argument, String remedy) {
    Duration given = notNull(value, argument);
    if (given.isZero() || given.isNegative()) {
      throw new IllegalArgumentException(
          argument + " must be longer than zero, but was " + Describe.duration(given) + "; " + remedy);
    }
    return given;
  }

  /** Returns the duration, which must be zero or longer. */
  public static Duration notNegative(@Nullable Duration value, String argument, String remedy) {
    Duration given = notNull(value, argument);
    if (given.isNegative()) {
      throw new IllegalArgumentException(
          argument + " must not be negative, but was " + Describe.duration(given) + "; " + remedy);
    }
    return given;
  }

  /** Returns the argument {@code timeout} of a wait, which must be zero or longer. */
  public static Duration timeout(@Nullable Duration timeout) {
    return notNegative(timeout, "timeout", "Duration.ZERO looks without waiting");
  }

  /** Returns the duration in nanoseconds, or 146 years if it is longer: a deadline computed with it does not overflow. */
  public static long nanos(Duration value) {
    return value.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE / 2 : value.toNanos();
  }

  /** Returns an unmodifiable copy of the list, which must not contain null. */
  public static <T> List<T> copy(@Nullable List<T> list, String argument) {
    int index = 0;
    for (T element : notNull(list, argument)) {
      notNull(element, argument + "[" + index++ + "]");
    }
    return List.copyOf(list);
  }

  /** Returns an unmodifiable copy of the map, which must not contain null. */
  public static <V> Map<String, V> copy(@Nullable Map<String, V> map, String argument) {
    notNull(map, argument)
        .forEach((key, value) -> notNull(value, argument + "[" + notNull(key, "a key of " + argument) + "]"));
    return Map.copyOf(map);
  }
}
