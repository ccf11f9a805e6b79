package dev.heddle.timeline;

import java.util.Objects;

/**
 * An interval of time in which a lane performed one activity. Immutable.
 *
 * @param lane the name of the lane: a worker, a task, a stage
 * @param name the name of the activity
 * @param kind what the activity has in common with others, such as the function that it runs; pictures colour spans by kind
 * @param start the start time, in nanoseconds of the recorder's clock
 * @param end the end time, in nanoseconds of the same clock, not before {@code start}
 * @param ending how the activity ended; {@link Ending#RUNNING} if it had not ended at the time {@code end}
 */
public record Span(String lane, String name, String kind, long start, long end, Ending ending) {
  private static final String BEFORE_NUMBERS = " \t#_-";

  /** The way in which an activity ended. */
  public enum Ending {
    /** The activity returned, or paused of its own accord. */
    COMPLETED,
    /** The activity threw an exception. */
    FAILED,
    /** The activity threw an exception, and another attempt followed. */
    RETRIED,
    /** The activity was cancelled, or its time had run out. */
    CANCELLED,
    /** The process that performed it ended. */
    CRASHED,
    /** The activity had not ended when the timeline was taken. */
    RUNNING
  }

  /** Checks the values. */
  public Span {
    Objects.requireNonNull(lane, "lane must not be null");
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(kind, "kind must not be null");
    Objects.requireNonNull(ending, "ending must not be null");
    if (end - start < 0) { // a difference, as System.nanoTime may overflow
      throw new IllegalArgumentException(
          "end must not be before start, but '" + name + "' on '" + lane + "' began at " + start + " and ended at " + end);
    }
  }

  /**
   * Creates a completed span whose kind is its name without a number at the end: {@code load} for {@code load-17}.
   *
   * @param lane the name of the lane
   * @param name the name of the activity
   * @param start the start time, in nanoseconds
   * @param end the end time, in nanoseconds, not before {@code start}
   */
  public Span(String lane, String name, long start, long end) {
    this(lane, name, kindOf(name), start, end, Ending.COMPLETED);
  }

  /**
   * Returns the name of an activity without a number at its end, unless nothing else is left: its kind where none is given.
   */
  public static String kindOf(String name) {
    int digits = Objects.requireNonNull(name, "name must not be null").length();
    while (digits > 0 && name.charAt(digits - 1) >= '0' && name.charAt(digits - 1) <= '9') {
      digits--;
    }
    int end = digits;
    while (end > 0 && BEFORE_NUMBERS.indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return digits == name.length() || end == 0 ? name : name.substring(0, end);
  }

  /** The duration in nanoseconds. */
  public long duration() {
    return end - start;
  }
}
