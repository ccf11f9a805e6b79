package dev.heddle.process;

import dev.heddle.base.Check;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The number of failed starts, and their time, after which a pool gives up starting workers. Immutable.
 *
 * <p>A pool that never had a ready worker gives up after three failed starts in a row, whatever its limit, or when that is
 * reached before. One that has worked goes on without end, unless it has a limit: then it is broken when either number is
 * reached. Tasks then fail with a {@link dev.heddle.futures.BrokenExecutorException} that has the last worker's words. A
 * worker that is ready ends the count.
 *
 * @param failures how many starts may fail in a row, at least 1; {@link Integer#MAX_VALUE} for any number
 * @param duration for how long starts may fail one after the other, from the first of them on, longer than zero; it is
 *     looked at when a start fails: the next start begins after a pause of five seconds at the most, and fails within the
 *     pool's start time-out
 */
public record StartLimit(int failures, Duration duration) {
  private static final StartLimit NONE = new StartLimit(Integer.MAX_VALUE, ChronoUnit.FOREVER.getDuration());

  /** Checks the values. */
  public StartLimit {
    Check.positive(duration, "duration", "StartLimit.none() lets a pool go on without end");
    if (failures < 1) {
      throw new IllegalArgumentException(
          "failures must be at least 1, but was " + failures + "; StartLimit.none() lets a pool go on without end");
    }
  }

  /** No limit: a pool that has worked tries again for ever. */
  public static StartLimit none() {
    return NONE;
  }

  /** A limit of failed starts in a row. */
  public static StartLimit ofFailures(int failures) {
    return new StartLimit(failures, NONE.duration);
  }

  /** A limit of the time in which starts fail. */
  public static StartLimit ofDuration(Duration duration) {
    return new StartLimit(Integer.MAX_VALUE, duration);
  }
}
