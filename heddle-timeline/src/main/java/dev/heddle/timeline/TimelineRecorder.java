package dev.heddle.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A bounded recorder of spans, which are added as they end.
 *
 * <p>Thread-safe. {@link #add} holds a lock briefly and does not block otherwise. Adding a span happens before {@link #timeline}
 * returns a timeline that contains it.
 */
public final class TimelineRecorder {
  /** The default limit, which takes about 10 MiB. */
  public static final int DEFAULT_LIMIT = 100_000;

  private final LongSupplier clock;
  private final int limit;
  private final List<Span> spans = new ArrayList<>(); // guarded by itself, like dropped
  private long dropped;

  /** Creates a recorder on the monotonic clock of the system, with the default limit. */
  public TimelineRecorder() {
    this(System::nanoTime, DEFAULT_LIMIT);
  }

  /**
   * Creates a recorder on a given clock.
   *
   * @param clock returns the current time in nanoseconds; must be monotonic
   * @param limit the maximum number of spans, at least 1; further spans are dropped and counted
   */
  public TimelineRecorder(LongSupplier clock, int limit) {
    this.clock = Objects.requireNonNull(clock, "clock must not be null: System::nanoTime is the usual one");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 span, but was " + limit);
    }
    this.limit = limit;
  }

  /** The current time of this recorder's clock, in nanoseconds. */
  public long now() {
    return clock.getAsLong();
  }

  /**
   * Adds a span that ends now.
   *
   * @param lane the name of the lane
   * @param name the name of the activity
   * @param start the start time, from {@link #now}
   */
  public void add(String lane, String name, long start) {
    add(new Span(lane, name, start, now()));
  }

  /** Adds a span. */
  public void add(Span span) {
    Objects.requireNonNull(span, "span must not be null");
    synchronized (spans) {
      if (spans.size() < limit) {
        spans.add(span);
      } else {
        dropped++;
      }
    }
  }

  /** Returns a timeline of the spans that have been added so far. */
  public Timeline timeline() {
    synchronized (spans) {
      return new Timeline(spans, dropped);
    }
  }
}
