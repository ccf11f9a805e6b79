package dev.heddle.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form in which values appear in messages and reports; the same in every module and locale. */
public final class Describe {
  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_FAILURE = 400;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final String[] UNITS = {" ns", " µs", " ms", " s"};
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Describe() {}

  // ---- time ----

  /** Returns a duration, exactly, with its units: {@code 1.5 µs}, {@code 250 ms}, {@code 7 s}, {@code 2 min 5 s}. */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-"
          + duration(duration.toSeconds() == Long.MIN_VALUE ? Duration.ofSeconds(Long.MAX_VALUE) : duration.negated());
    }
    if (duration.toSeconds() == 0) {
      return duration.isZero() ? "0 s" : scaled(BigDecimal.valueOf(duration.toNanosPart()));
    }
    BigDecimal seconds = BigDecimal.valueOf(duration.toSecondsPart()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
    return parts(duration.toHours(), duration.toMinutesPart(), seconds);
  }

  /** Returns a measured time, rounded to three digits, in the form of {@link #duration}: {@code 1.25 ms}. */
  public static String measured(Duration time) {
    return measured(Check.nanos(time));
  }

  /**
   * Returns measured nanoseconds, rounded to three digits, or to the second of two units: {@code 1.25 ms}, {@code 2 min 5
   * s}, {@code 26 h}, {@code 3 d 2 h}.
   */
  public static String measured(long nanos) {
    if (nanos >= 2 * DAY) {
      return rounded(nanos, DAY, " d", HOUR, " h");
    } else if (nanos >= HOUR) {
      return rounded(nanos, HOUR, " h", MINUTE, " min");
    } else if (nanos >= MINUTE) {
      return rounded(nanos, MINUTE, " min", SECOND, " s");
    }
    BigDecimal rounded = BigDecimal.valueOf(nanos).round(THREE_DIGITS);
    return rounded.longValue() == MINUTE ? "1 min" : rounded.signum() == 0 ? "0 s" : scaled(rounded);
  }

  private static String rounded(long nanos, long large, String largeUnit, long small, String smallUnit) {
    long rounded = nanos > Long.MAX_VALUE - small / 2 ? nanos : nanos + small / 2;
    long rest = rounded % large / small;
    return rounded / large + largeUnit + (rest == 0 ? "" : " " + rest + smallUnit);
  }

  /** Nanoseconds with the largest unit of which there is one at least. */
  private static String scaled(BigDecimal nanos) {
    int unit = Math.min((nanos.precision() - nanos.scale() - 1) / 3, UNITS.length - 1);
    return plain(nanos.movePointLeft(3 * unit)) + UNITS[unit];
  }

  private static String parts(long hours, int minutes, BigDecimal seconds) {
    StringBuilder text = new StringBuilder();
    if (hours > 0) {
      text.append(hours).append(" h ");
    }
    if (minutes > 0) {
      text.append(minutes).append(" min ");
    }
    if (seconds.signum() > 0) {
      text.append(plain(seconds)).append(" s");
    }
    return text.toString().strip();
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  // ---- numbers ----

  /** Returns a share as a whole percentage: {@code 25 %} for 0.25. */
  public static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  /** Returns {@link String#format(String, Object...)} in the root locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  // ---- objects ----

  /** Returns a value as text of at most 80 characters, strings in quotes; its class if {@code toString} throws. */
  public static String value(@Nullable Object value) {
    String text;
    try {
      text = value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
    } catch (Throwable e) {
      text = value == null ? "null" : value.getClass().getName();
    }
    return shortened(text, LONGEST_VALUE);
  }

  /**
   * Returns an exception's own description, or its class if {@code toString} throws: a message about a failure must not
   * fail.
   */
  public static String failure(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }

  /** Returns the {@link #failure} in at most 400 characters, for messages that list several. */
  public static String shortFailure(Throwable failure) {
    return shortened(failure(failure), LONGEST_FAILURE);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }
}
