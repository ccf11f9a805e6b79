package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a stage of a pipeline. Times are sums over its workers.
 *
 * @param name the stage's name
 * @param workers how many workers it had
 * @param in how many items it took, the failed included
 * @param out how many items it handed on; for a sink 0
 * @param failed how many items failed in it
 * @param getting the time its workers waited for items
 * @param busy the time they were at work
 * @param putting the time they waited to hand on: for space in a queue, or for an earlier item of an ordered stage
 * @param ordering the part of {@code putting} in which they waited for an earlier item
 * @param ended the time before their start and after their end, until the end of the run
 * @param p50 the time that half of the items took at most, to within a sixteenth
 * @param p90 the time that 90 % of the items took at most
 * @param p99 the time that 99 % of the items took at most
 * @param slowest the item that took the longest; null if there was none
 * @param activity what its workers were doing, found by samples
 */
public record StageReport(
    String name,
    int workers,
    long in,
    long out,
    long failed,
    Duration getting,
    Duration busy,
    Duration putting,
    Duration ordering,
    Duration ended,
    Duration p50,
    Duration p90,
    Duration p99,
    @Nullable SlowestItem slowest,
    StageActivity activity) {

  /** Returns the share of the run in which its workers were at work, from 0 to 1; a worker that has ended is not at work. */
  public double occupancy() {
    double all = nanos(getting) + nanos(busy) + nanos(putting) + nanos(ended);
    return all == 0 ? 0 : nanos(busy) / all;
  }

  private static double nanos(Duration time) {
    return Check.nanos(time);
  }
}
