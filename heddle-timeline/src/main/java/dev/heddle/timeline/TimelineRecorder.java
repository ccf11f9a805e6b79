package dev.heddle.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Notes spans of work as they end, from any thread, up to a bound.
 *
 * <p>Thread-safe. {@link #add} takes a short lock and never waits for anything else; what was added before {@link #timeline}
 * was called is in the timeline it returns.
 */
public final class TimelineRecorder {
  /** How many spans are kept unless another bound is given: about 10 MiB. */
  public static final int DEFAULT_LIMIT = 100_000;

  private final LongSupplier clock;
  private final int limit;
  private final List<Span> spans = new ArrayList<>(); // guarded by itself, as the next
  private long dropped;

  /** A recorder on the system's monotonic clock, with the default bound. */
  public TimelineRecorder() {
    this(System::nanoTime, DEFAULT_LIMIT);
  }

  /**
   * A recorder on a clock of its own.
   *
   * @param clock the time now, in nanoseconds; never goes back
   * @param limit how many spans are kept at the most, at least 1; later ones are only counted
   */
  public TimelineRecorder(LongSupplier clock, int limit) {
    this.clock = Objects.requireNonNull(clock, "clock must not be null: System::nanoTime is the usual one");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 span, but was " + limit);
    }
    this.limit = limit;
  }

  /** The time now, in nanoseconds of this recorder's clock. */
  public long now() {
    return clock.getAsLong();
  }

  /**
   * Notes a span that has ended now.
   *
   * @param start when it began, by {@link #now}
   */
  public void add(String lane, String name, long start) {
    add(new Span(lane, name, start, now()));
  }

  /** Notes a span. */
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

  /** What has been noted so far. */
  public Timeline timeline() {
    synchronized (spans) {
      return new Timeline(spans, dropped);
    }
  }
}
