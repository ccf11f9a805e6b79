package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.List;

/**
 * What a stage of a pipeline has done. Times are sums over its workers.
 *
 * @param name the stage's name
 * @param workers how many workers it had
 * @param in how many items it took, the failed included
 * @param out how many items it handed on; for a sink 0
 * @param failed how many items failed in it
 * @param getting how long its workers waited for items
 * @param busy how long they were at work
 * @param putting how long they waited to hand on, for room or for the item whose turn it was
 * @param ended how long they were not there: before their start and after their end, until the run was over
 * @param p50 half the items took less than this, to within a sixteenth
 * @param p90 nine of ten items took less
 * @param p99 99 of a hundred items took less
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
    Duration ended,
    Duration p50,
    Duration p90,
    Duration p99) {

  static StageReport of(NodeRun node, long now) {
    List<Meter> meters = node.meters();
    Histogram times = new Histogram();
    if (node.isEnded()) {
      meters.forEach(meter -> times.addAll(meter.times));
    }
    return new StageReport(
        node.name,
        meters.size(),
        meters.stream().mapToLong(Meter::items).sum(),
        meters.stream().mapToLong(Meter::emitted).sum(),
        meters.stream().mapToLong(Meter::failures).sum(),
        sum(meters, Meter.GETTING, now),
        sum(meters, Meter.BUSY, now),
        sum(meters, Meter.PUTTING, now),
        sum(meters, Meter.ENDED, now),
        Duration.ofNanos(times.percentile(0.5)),
        Duration.ofNanos(times.percentile(0.9)),
        Duration.ofNanos(times.percentile(0.99)));
  }

  private static Duration sum(List<Meter> meters, int state, long now) {
    return Duration.ofNanos(meters.stream().mapToLong(meter -> meter.nanos(state, now)).sum());
  }

  /** Which share of the run its workers were at work, from 0 to 1; one that has ended is not at work any more. */
  public double occupancy() {
    double all = nanos(getting) + nanos(busy) + nanos(putting) + nanos(ended);
    return all == 0 ? 0 : nanos(busy) / all;
  }

  private static double nanos(Duration time) {
    return Check.nanos(time);
  }
}
