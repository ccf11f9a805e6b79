package dev.heddle.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * What the stages of a pipeline did in the course of time.
 *
 * @param stages their names, from the source to the sink
 * @param spans one after the other
 */
public record OccupancyTimeline(List<String> stages, List<Span> spans) {

  /** Copies the lists. */
  public OccupancyTimeline {
    stages = List.copyOf(stages);
    spans = List.copyOf(spans);
  }

  /**
   * A stretch of time.
   *
   * @param from its begin in nanoseconds since the start
   * @param to its end
   * @param shares for each stage, how its workers spent it
   */
  public record Span(long from, long to, List<Shares> shares) {

    /** Copies the list. */
    public Span {
      shares = List.copyOf(shares);
    }
  }

  /**
   * How the workers of a stage spent a stretch of time; what is missing to 1 is before their start and after their end.
   *
   * @param getting the share of it in which they waited for items, from 0 to 1
   * @param busy in which they were at work
   * @param putting in which they waited to hand on
   * @param waiting how many items waited before the stage at its end
   */
  public record Shares(double getting, double busy, double putting, int waiting) {}

  /** Collects spans; when there are many, each two become one, and later ones are twice as long. */
  static final class Recorder {
    private static final int MOST = 256;
    private static final long FIRST_NANOS = 5_000_000;

    private final List<NodeRun> nodes;
    private final long[][] before;
    private List<Span> spans = new ArrayList<>();
    private long length = FIRST_NANOS;
    private long start;
    private long last;

    Recorder(List<NodeRun> nodes) {
      this.nodes = nodes;
      this.before = new long[nodes.size()][Meter.ENDED];
    }

    void start(long now) {
      start = now;
      last = now;
    }

    /** Takes a sample if it is time; returns how long until the next, in nanoseconds. */
    long sampleIfDue(long now) {
      if (now - last >= length) {
        sample(now);
        if (spans.size() >= MOST) {
          spans = halved();
          length *= 2;
        }
      }
      return last + length - now;
    }

    private void sample(long now) {
      List<Shares> shares = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        NodeRun node = nodes.get(i);
        double[] share = new double[Meter.ENDED];
        for (int state = 0; state < Meter.ENDED; state++) {
          long sum = sum(node, state, now);
          share[state] = Math.clamp((sum - before[i][state]) / ((double) (now - last) * node.meters().size()), 0, 1);
          before[i][state] = sum;
        }
        shares.add(new Shares(share[Meter.GETTING], share[Meter.BUSY], share[Meter.PUTTING], node.waiting()));
      }
      spans.add(new Span(last - start, now - start, shares));
      last = now;
    }

    private static long sum(NodeRun node, int state, long now) {
      long sum = 0;
      for (Meter meter : node.meters()) {
        sum += meter.nanos(state, now);
      }
      return sum;
    }

    private List<Span> halved() {
      List<Span> half = new ArrayList<>();
      for (int i = 0; i + 1 < spans.size(); i += 2) {
        half.add(merged(spans.get(i), spans.get(i + 1)));
      }
      return half;
    }

    private static Span merged(Span a, Span b) {
      double weight = (a.to - a.from) / (double) (b.to - a.from);
      List<Shares> shares = new ArrayList<>();
      for (int i = 0; i < a.shares.size(); i++) {
        Shares x = a.shares.get(i);
        Shares y = b.shares.get(i);
        shares.add(
            new Shares(
                mean(x.getting, y.getting, weight),
                mean(x.busy, y.busy, weight),
                mean(x.putting, y.putting, weight),
                y.waiting));
      }
      return new Span(a.from, b.to, shares);
    }

    private static double mean(double a, double b, double weight) {
      return a * weight + b * (1 - weight);
    }

    OccupancyTimeline finish(long now) {
      if (now > last) {
        sample(now);
      }
      return new OccupancyTimeline(nodes.stream().map(node -> node.name).toList(), spans);
    }
  }
}
