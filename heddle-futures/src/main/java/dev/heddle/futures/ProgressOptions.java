package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link ProgressMeter}. Immutable.
 *
 * @param name the name of what is done, for the reports
 * @param total how many tasks there will be in all; empty if that is unknown
 * @param listener receives the reports; null means that there are Flight Recorder events only
 * @param interval the shortest time between two reports, longer than zero
 * @param time the clock, for tests
 */
public record ProgressOptions(
    String name, OptionalLong total, @Nullable ProgressListener listener, Duration interval, TimeSource time) {

  /** Checks the values. */
  public ProgressOptions {
    Check.notBlank(name, "name", "it is the beginning of each line");
    if (Check.notNull(total, "total").isPresent()) {
      Check.notNegative(total.getAsLong(), "total", "leave it out if it is unknown");
    }
    Check.positive(interval, "interval", "one second is Duration.ofSeconds(1)");
    Check.notNull(time, "time");
  }

  /** A name, no total, no listener, at most five reports a second. */
  public static ProgressOptions named(String name) {
    return new ProgressOptions(name, OptionalLong.empty(), null, Duration.ofMillis(200), TimeSource.system());
  }

  /** These options with the number of tasks, 0 or more. */
  public ProgressOptions withTotal(long total) {
    return new ProgressOptions(name, OptionalLong.of(total), listener, interval, time);
  }

  /** These options with a listener. */
  public ProgressOptions withListener(ProgressListener listener) {
    return new ProgressOptions(name, total, Check.notNull(listener, "listener"), interval, time);
  }

  /** These options with another shortest time between two reports, longer than zero. */
  public ProgressOptions withInterval(Duration interval) {
    return new ProgressOptions(name, total, listener, interval, time);
  }

  /** These options with another clock; for tests. */
  public ProgressOptions withTime(TimeSource time) {
    return new ProgressOptions(name, total, listener, interval, time);
  }
}
