package dev.heddle.base;

import java.time.Duration;

/** The form in which values appear in messages. */
public final class Describe {
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

  /** Returns an exception's own description, or its class if {@code toString} throws: a message about a failure must not fail. */
  public static String failure(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }
}
