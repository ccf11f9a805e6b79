package dev.heddle.base;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as text for messages and reports; the same in every locale. */
public final class Display {
  private static final int LONGEST_ITEM = 80;
  private static final int LONGEST_ERROR = 400;

  private Display() {}

  /**
   * Returns the text of an object, shortened; the name of its class if its {@code toString} throws, for the message of a
   * failure must not fail.
   */
  public static String of(@Nullable Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (Throwable e) {
      text = value == null ? "null" : value.getClass().getName();
    }
    int longest = value instanceof Throwable ? LONGEST_ERROR : LONGEST_ITEM;
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /** Returns a duration with three digits and a fitting unit: {@code 1.25 ms}. */
  public static String of(Duration time) {
    return time((double) Check.nanos(time));
  }

  /** Returns nanoseconds as a duration with three digits and a fitting unit: {@code 1.25 ms}. */
  public static String time(double nanos) {
    if (nanos < 1e3) {
      return format("%.0f ns", nanos);
    } else if (nanos < 1e6) {
      return digits(nanos / 1e3) + " us";
    } else if (nanos < 1e9) {
      return digits(nanos / 1e6) + " ms";
    }
    return digits(nanos / 1e9) + " s";
  }

  private static String digits(double value) {
    return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Returns a share as a whole percentage: {@code 25 %} for 0.25. */
  public static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  /** Returns {@link String#format(String, Object...)} in the root locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
