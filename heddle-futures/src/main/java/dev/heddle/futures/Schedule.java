package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;

/**
 * The times of a {@link PeriodicTask}. Immutable.
 *
 * @param period longer than zero
 * @param fixedRate whether the period is that between two beginnings, so that runs keep to the clock; otherwise it is the
 *     pause between the end of a run and the beginning of the next one
 * @param initialDelay the time before the first run, zero or longer
 * @param time the clock, for tests
 */
public record Schedule(Duration period, boolean fixedRate, Duration initialDelay, TimeSource time) {

  /** Checks the values. */
  public Schedule {
    Check.positive(period, "period", "a task that is to run all the time is a loop");
    Check.notNegative(initialDelay, "initialDelay", "Duration.ZERO runs the task at once");
    Check.notNull(time, "time");
  }

  /** At once, and then at multiples of the period; those that come while a run lasts are left out. */
  public static Schedule every(Duration period) {
    return new Schedule(period, true, Duration.ZERO, TimeSource.system());
  }

  /** At once, and then with a pause after the end of each run. */
  public static Schedule withPause(Duration pause) {
    return new Schedule(pause, false, Duration.ZERO, TimeSource.system());
  }

  /** This schedule with a time before the first run. */
  public Schedule withInitialDelay(Duration initialDelay) {
    return new Schedule(period, fixedRate, initialDelay, time);
  }

  /** This schedule by another clock; for tests. */
  public Schedule withTime(TimeSource time) {
    return new Schedule(period, fixedRate, initialDelay, time);
  }
}
