package dev.heddle.timeline;

import java.util.Objects;

/**
 * An interval of time in which a lane performed one activity. Immutable.
 *
 * @param lane the name of the lane: a worker, a task, a stage
 * @param name the name of the activity
 * @param start the start time, in nanoseconds of the recorder's clock
 * @param end the end time, in nanoseconds of the same clock, not before {@code start}
 */
public record Span(String lane, String name, long start, long end) {

  /** Checks the values. */
  public Span {
    Objects.requireNonNull(lane, "lane must not be null");
    Objects.requireNonNull(name, "name must not be null");
    if (end - start < 0) { // a difference, as System.nanoTime may overflow
      throw new IllegalArgumentException(
          "end must not be before start, but '" + name + "' on '" + lane + "' began at " + start + " and ended at " + end);
    }
  }

  /** The duration in nanoseconds. */
  public long duration() {
    return end - start;
  }
}
