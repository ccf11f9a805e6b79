package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The times of a {@link PeriodicTask}. Immutable.
 *
 * @param period longer than zero
 * @param fixedRate whether the period is that between two beginnings, so that runs keep to the clock; otherwise it is the
 *     pause between the end of a run and the beginning of the next one
 * @param initialDelay the time before the first run, zero or longer
 * @param time the clock, for tests
 * @param untilNext returns the time until the next run, in place of the period; null from it ends the schedule; null means
 *     that the period counts
 */
public record Schedule(
    Duration period,
    boolean fixedRate,
    Duration initialDelay,
    TimeSource time,
    @Nullable Supplier<? extends @Nullable Duration> untilNext) {

  /** Checks the values. */
  public Schedule {
    Check.positive(period, "period", "a task that is to run all the time is a loop");
    Check.notNegative(initialDelay, "initialDelay", "Duration.ZERO runs the task at once");
    Check.notNull(time, "time");
  }

  /** At once, and then at multiples of the period; those that come while a run lasts are left out. */
  public static Schedule every(Duration period) {
    return new Schedule(period, true, Duration.ZERO, TimeSource.system(), null);
  }

  /** At once, and then with a pause after the end of each run. */
  public static Schedule withPause(Duration pause) {
    return new Schedule(pause, false, Duration.ZERO, TimeSource.system(), null);
  }

  /**
   * At times that are computed, such as those of a cron expression: after the time that the function returns, and again after
   * the end of each run.
   *
   * @param untilNext called when the schedule starts and after each run; a negative time counts as zero; null, or an exception,
   *     which is logged, ends the schedule
   */
  public static Schedule computed(Supplier<? extends @Nullable Duration> untilNext) {
    Check.<Supplier<? extends @Nullable Duration>>notNull(untilNext, "untilNext");
    return new Schedule(Duration.ofNanos(1), false, Duration.ZERO, TimeSource.system(), untilNext);
  }

  /** This schedule with a time before the first run, which a computed schedule does not have. */
  public Schedule withInitialDelay(Duration initialDelay) {
    return new Schedule(period, fixedRate, initialDelay, time, untilNext);
  }

  /** This schedule by another clock; for tests. */
  public Schedule withTime(TimeSource time) {
    return new Schedule(period, fixedRate, initialDelay, time, untilNext);
  }
}
