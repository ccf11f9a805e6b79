package dev.heddle.queue.run;

import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.OccupancyTimeline.Interval;
import dev.heddle.queue.OccupancyTimeline.Shares;
import dev.heddle.queue.meter.WorkerMeter;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples what the workers do. When there are too many samples, neighbours are merged, and later ones take twice as long, so
 * that memory stays bounded. For one thread.
 */
final class OccupancyRecorder {
  private static final int MOST = 256;
  private static final long FIRST_NANOS = 5_000_000;

  private final List<NodeRun> nodes;
  private final long[][] before;
  private List<Interval> intervals = new ArrayList<>();
  private long length = FIRST_NANOS;
  private long start;
  private long last;

  OccupancyRecorder(List<NodeRun> nodes) {
    this.nodes = nodes;
    this.before = new long[nodes.size()][WorkerMeter.ENDED];
  }

  void start(long now) {
    start = now;
    last = now;
  }

  /** Takes a sample if it is due; returns the nanoseconds until the next one. */
  long sampleIfDue(long now) {
    if (now - last >= length) {
      sample(now);
      if (intervals.size() >= MOST) {
        intervals = halved();
        length *= 2;
      }
    }
    return last + length - now;
  }

  private void sample(long now) {
    List<Shares> shares = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      NodeRun node = nodes.get(i);
      double[] share = new double[WorkerMeter.ENDED];
      for (int state = 0; state < WorkerMeter.ENDED; state++) {
        long sum = sum(node, state, now);
        share[state] = Math.clamp((sum - before[i][state]) / ((double) (now - last) * node.meters().size()), 0, 1);
        before[i][state] = sum;
      }
      shares
          .add(new Shares(share[WorkerMeter.GETTING], share[WorkerMeter.BUSY],
              share[WorkerMeter.PUTTING] + share[WorkerMeter.ORDERING], node.waiting()));
    }
    intervals.add(new Interval(last - start, now - start, shares));
    last = now;
  }

  private static long sum(NodeRun node, int state, long now) {
    long sum = 0;
    for (WorkerMeter meter : node.meters()) {
      sum += meter.nanos(state, now);
    }
    return sum;
  }

  private List<Interval> halved() {
    List<Interval> half = new ArrayList<>();
    for (int i = 0; i + 1 < intervals.size(); i += 2) {
      half.add(merged(intervals.get(i), intervals.get(i + 1)));
    }
    return half;
  }

  private static Interval merged(Interval a, Interval b) {
    double weight = (a.to() - a.from()) / (double) (b.to() - a.from());
    List<Shares> shares = new ArrayList<>();
    for (int i = 0; i < a.shares().size(); i++) {
      Shares x = a.shares().get(i);
      Shares y = b.shares().get(i);
      shares.add(
          new Shares(
              mean(x.getting(), y.getting(), weight),
              mean(x.busy(), y.busy(), weight),
              mean(x.putting(), y.putting(), weight),
              y.waiting()));
    }
    return new Interval(a.from(), b.to(), shares);
  }

  private static double mean(double a, double b, double weight) {
    return a * weight + b * (1 - weight);
  }

  OccupancyTimeline finish(long now) {
    if (now > last) {
      sample(now);
    }
    return new OccupancyTimeline(nodes.stream().map(node -> node.name).toList(), intervals);
  }
}
