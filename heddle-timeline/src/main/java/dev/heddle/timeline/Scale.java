package dev.heddle.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time axis of a timeline, with its ticks. */
record Scale(long start, long duration) {
  private static final int TICKS = 6;

  static Scale of(Timeline timeline) {
    return new Scale(timeline.start(), Math.max(1, timeline.duration()));
  }

  /** Returns the position of a time, from 0 for the start to 1 for the end. */
  double position(long time) {
    return (double) (time - start) / duration;
  }

  /** Returns a few round offsets from the start, in nanoseconds: 0, 50, 100 ms and so on. */
  List<Long> ticks() {
    if (duration <= 1) {
      return List.of(0L);
    }
    long step = 1;
    while (duration / step > TICKS) {
      step = next(step);
    }
    List<Long> ticks = new ArrayList<>();
    for (long at = 0; at <= duration; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  /** 1, 2, 5, 10, 20, 50 … */
  private static long next(long step) {
    long first = step;
    while (first >= 10) {
      first /= 10;
    }
    return first == 2 ? step / 2 * 5 : step * 2;
  }

  /** Formats a duration, such as {@code 250 ms}. */
  static String text(long nanos) {
    if (nanos == 0) {
      return "0";
    }
    String[] units = {"ns", "µs", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String digits = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    return (digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits) + " " + units[unit];
  }
}
