package dev.heddle.queue;

import java.util.List;

/**
 * The occupancy of a pipeline's stages over time.
 *
 * @param stages their names, from the source to the sink
 * @param intervals consecutive intervals
 */
public record OccupancyTimeline(List<String> stages, List<Interval> intervals) {

  /** Copies the lists. */
  public OccupancyTimeline {
    stages = List.copyOf(stages);
    intervals = List.copyOf(intervals);
  }

  /**
   * An interval of time.
   *
   * @param from its begin, in nanoseconds since the start of the run
   * @param to its end, likewise
   * @param shares for each stage, how its workers spent the interval
   */
  public record Interval(long from, long to, List<Shares> shares) {

    /** Copies the list. */
    public Interval {
      shares = List.copyOf(shares);
    }
  }

  /**
   * The shares of an interval that the workers of a stage spent in each state; the rest to 1 is the time before their start
   * and after their end.
   *
   * @param getting the share in which they waited for items, from 0 to 1
   * @param busy the share in which they were at work
   * @param putting the share in which they waited to hand on
   * @param waiting how many items were in the stage's input queue at its end
   */
  public record Shares(double getting, double busy, double putting, int waiting) {}
}
