package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.base.ProgressText;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress of a number of tasks at one moment, as a {@link ProgressMeter} reports it. Immutable.
 *
 * @param name the name of what is done, such as {@code download}
 * @param elapsed the time since the start
 * @param total how many tasks there are in all; empty if that is unknown
 * @param done how many have ended, the failed ones included
 * @param failed how many have failed or were cancelled
 * @param last whether this is the last report
 */
public record Progress(String name, Duration elapsed, OptionalLong total, long done, long failed, boolean last) {

  /** Checks the values. */
  public Progress {
    Check.notNull(name, "name");
    Check.notNegative(elapsed, "elapsed", "Duration.ZERO is the start");
    Check.notNull(total, "total");
    Check.notNegative(done, "done", "0 means that none has ended");
    Check.notNegative(failed, "failed", "0 means that none has failed");
  }

  /** Returns how many tasks end in a second, on average since the start. */
  public double rate() {
    return ProgressText.rate(done, elapsed);
  }

  /**
   * Returns the time that the other tasks will take at the average rate until now. Empty if the total is unknown, or none
   * has ended yet.
   */
  public Optional<Duration> remaining() {
    return ProgressText.remaining(total, done, elapsed);
  }

  /** Returns one line, such as {@code download: 250 of 1000 (25 %), 125 per second, 6 s left, 2 failed}. */
  @Override
  public String toString() {
    return name + ": " + ProgressText.line(total, done, elapsed) + (failed == 0 ? "" : ", " + failed + " failed");
  }
}
