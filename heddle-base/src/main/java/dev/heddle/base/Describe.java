package dev.heddle.base;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The form in which values appear in messages. */
public final class Describe {
  private static final int LONGEST = 80;

  private Describe() {}

  /** Returns a duration with its units: {@code 250 ms}, {@code 7 s}, {@code 2 min 5 s}. */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    long seconds = duration.toSeconds();
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return decimal(duration.toNanos() / 1e6) + " ms";
    }
    if (seconds >= 60) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    return decimal(seconds + duration.toNanosPart() / 1e9) + " s";
  }

  private static String decimal(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Returns a value as text of at most 80 characters, strings in quotes; its class if {@code toString} throws. */
  public static String value(@Nullable Object value) {
    String text;
    try {
      text = value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
    } catch (Throwable e) {
      text = value == null ? "null" : value.getClass().getName();
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  /** Returns an exception's own description, or its class if {@code toString} throws: a message about a failure must not fail. */
  public static String failure(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }
}
