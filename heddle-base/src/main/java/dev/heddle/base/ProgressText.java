package dev.heddle.base;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The figures of a progress and their form; the same for pipelines, maps and futures. */
public final class ProgressText {
  private ProgressText() {}

  /** Returns how many are done in a second, on average. */
  public static double rate(long done, Duration elapsed) {
    return done / (Math.max(1.0, (double) Check.nanos(elapsed)) / 1e9);
  }

  /** Returns the time that the others will take at the average rate; empty if the total is unknown, or nothing is done. */
  public static Optional<Duration> remaining(OptionalLong total, long done, Duration elapsed) {
    if (total.isEmpty() || done == 0) {
      return Optional.empty();
    }
    double left = Math.max(0, total.getAsLong() - done);
    return Optional.of(Duration.ofNanos((long) (left * (double) Check.nanos(elapsed) / done)));
  }

  /** Returns one line, such as {@code 250 of 1000 (25 %), 125 per second, 6 s left}. */
  public static String line(OptionalLong total, long done, Duration elapsed) {
    String count = total.isEmpty()
        ? done + " items"
        : done + " of " + total.getAsLong() + " (" + Describe.percent(done / Math.max(1.0, (double) total.getAsLong()))
            + ")";
    double rate = rate(done, elapsed);
    return count + ", " + Describe.format(rate < 10 ? "%.1f" : "%.0f", rate) + " per second"
        + remaining(total, done, elapsed).map(left -> ", " + Describe.measured(left) + " left").orElse("");
  }
}
