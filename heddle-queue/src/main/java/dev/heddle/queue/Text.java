package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values are written in messages and reports. */
final class Text {
  private static final int LONGEST_ITEM = 80;
  private static final int LONGEST_ERROR = 400;

  private Text() {}

  /** An object as it describes itself, shortened; its class if even that throws: messages about a failure must not fail. */
  static String of(@Nullable Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (Throwable e) {
      text = value == null ? "null" : value.getClass().getName();
    }
    int longest = value instanceof Throwable ? LONGEST_ERROR : LONGEST_ITEM;
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /** A duration with three digits and a fitting unit: {@code 1.25 ms}. */
  static String of(Duration time) {
    return time((double) Check.nanos(time));
  }

  /** Nanoseconds with three digits and a fitting unit: {@code 1.25 ms}. */
  static String time(double nanos) {
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

  static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  /** As {@link String#format(String, Object...)}, the same in every country. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
