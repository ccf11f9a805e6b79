package dev.heddle.timeline.view;

import dev.heddle.base.Describe;
import dev.heddle.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;

/** The time axis of a timeline, with its ticks. */
record Scale(long start, long duration) {
  private static final int TICKS = 6;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** The round steps above a second; below and from ten days on they are 1, 2, 5, 10, 20, 50 … of a unit. */
  private static final long[] STEPS = {SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE,
      2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY,
      2 * DAY, 5 * DAY, 10 * DAY};

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
    for (long at = 0; at <= duration && at >= 0; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  private static long next(long step) {
    if (step >= SECOND && step < STEPS[STEPS.length - 1]) {
      for (long each : STEPS) {
        if (each > step) {
          return each;
        }
      }
    }
    long first = step >= SECOND ? step / DAY : step;
    while (first >= 10) {
      first /= 10;
    }
    return first == 2 ? step / 2 * 5 : step * 2;
  }

  /** Returns the text of an offset or duration in nanoseconds, such as {@code 250 ms}. */
  static String text(long nanos) {
    return nanos == 0 ? "0" : Describe.measured(nanos);
  }
}
