package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.time.Duration;

/**
 * A number of permits in a period of time, for {@link Limit#rate}. Immutable.
 *
 * <p>Permits come one by one, evenly: {@code perSecond(5)} allows one each 200 ms. Those that are not used are saved, up to
 * the burst.
 *
 * @param permits how many in a period, at least 1
 * @param period longer than zero
 * @param burst how many may begin at once after a pause, at least 1; 1 keeps them evenly spaced
 * @param time the clock, for tests
 */
public record Rate(int permits, Duration period, int burst, TimeSource time) {

  /** Checks the values. */
  public Rate {
    Check.positive(permits, "permits",
        "a rate of none would never let anything begin; for a slow rate give a longer period");
    Check.positive(period, "period", "Duration.ofSeconds(1) counts permits per second");
    Check.positive(burst, "burst", "1 means that permits come one by one");
    Check.notNull(time, "time");
    if (Check.nanos(period) > Long.MAX_VALUE / 2 / burst) {
      throw new IllegalArgumentException(
          "burst times period must be at most 146 years, but was " + burst + " times " + Describe.duration(period)
              + "; give a smaller burst, or a shorter period with fewer permits");
    }
  }

  /** So many permits in a period, one by one. */
  public static Rate of(int permits, Duration period) {
    return new Rate(permits, period, 1, TimeSource.system());
  }

  /** So many permits per second, one by one. */
  public static Rate perSecond(int permits) {
    return of(permits, Duration.ofSeconds(1));
  }

  /** So many permits per minute, one by one. */
  public static Rate perMinute(int permits) {
    return of(permits, Duration.ofMinutes(1));
  }

  /** This rate with a number of permits that are saved while there is a pause, and with which it begins. */
  public Rate withBurst(int burst) {
    return new Rate(permits, period, burst, time);
  }

  /** This rate by another clock; for tests. */
  public Rate withTime(TimeSource time) {
    return new Rate(permits, period, burst, time);
  }
}
