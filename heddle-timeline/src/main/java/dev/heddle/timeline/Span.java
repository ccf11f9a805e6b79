package dev.heddle.timeline;

import java.util.Objects;

/**
 * A stretch of time in which one lane did one thing. Immutable.
 *
 * @param lane who did it: a worker, a task, a stage
 * @param name what it did
 * @param start when it began, in nanoseconds of the recorder's clock
 * @param end when it ended, in the same nanoseconds, not before {@code start}
 */
public record Span(String lane, String name, long start, long end) {

  /** Checks the values. */
  public Span {
    Objects.requireNonNull(lane, "lane must not be null: say who ran");
    Objects.requireNonNull(name, "name must not be null: say what ran");
    if (end - start < 0) { // a difference, as System.nanoTime may overflow
      throw new IllegalArgumentException(
          "end must not be before start, but '" + name + "' on '" + lane + "' began at " + start + " and ended at " + end);
    }
  }

  /** How long it took, in nanoseconds. */
  public long duration() {
    return end - start;
  }
}
