package dev.heddle.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A bounded recorder of spans. It keeps the latest ones that have ended, and knows those that are running.
 *
 * <p>Thread-safe. All methods but {@link #timeline} hold a lock briefly and do not block otherwise; {@code timeline} calls
 * the registered sources without holding the lock. Adding a span happens before {@code timeline} returns a timeline that
 * contains it.
 */
public final class TimelineRecorder {
  /** The default limit, which takes 6 MB if names repeat and 16 MB if each span has its own. */
  public static final int DEFAULT_LIMIT = 100_000;

  private static final System.Logger LOG = System.getLogger(TimelineRecorder.class.getName());

  private final LongSupplier clock;
  private final int limit;
  private final ArrayDeque<Span> ended = new ArrayDeque<>(); // guarded by itself, like the next two
  private final Set<RunningSpan> running = new LinkedHashSet<>();
  private long dropped;
  private final List<Source> sources = new CopyOnWriteArrayList<>();

  /** A source of running spans. A class, as sources are told apart by identity. */
  private static final class Source {
    final Supplier<? extends Collection<Span>> spans;

    Source(Supplier<? extends Collection<Span>> spans) {
      this.spans = spans;
    }
  }

  /** The registration of a source with a recorder; closing it removes the source. */
  public interface Registration extends AutoCloseable {

    /** Ends the registration; does nothing if it has ended. */
    @Override
    void close();
  }

  /** Creates a recorder on the monotonic clock of the system, with the default limit. */
  public TimelineRecorder() {
    this(System::nanoTime, DEFAULT_LIMIT);
  }

  /**
   * Creates a recorder on a given clock.
   *
   * @param clock returns the current time in nanoseconds; must be monotonic
   * @param limit the maximum number of spans that have ended, at least 1; beyond that the oldest are dropped and counted
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
    synchronized (ended) {
      keep(span);
    }
  }

  private void keep(Span span) {
    if (ended.size() == limit) {
      ended.removeFirst();
      dropped++;
    }
    ended.addLast(span);
  }

  /**
   * Begins a span that starts now, of the kind of its name (see {@link Span#kindOf}). Until it is ended, timelines show it
   * as running; one that is never ended is kept for as long as this recorder.
   *
   * @param lane the name of the lane
   * @param name the name of the activity
   */
  public OpenSpan begin(String lane, String name) {
    return begin(lane, name, Span.kindOf(name));
  }

  /**
   * Begins a span that starts now. Until it is ended, timelines show it as running; one that is never ended is kept for as
   * long as this recorder.
   *
   * @param lane the name of the lane
   * @param name the name of the activity
   * @param kind the kind of the activity, by which pictures colour it
   */
  public OpenSpan begin(String lane, String name, String kind) {
    RunningSpan span = new RunningSpan(
        this, Objects.requireNonNull(lane, "lane must not be null"), Objects.requireNonNull(name, "name must not be null"),
        Objects.requireNonNull(kind, "kind must not be null"), now());
    synchronized (ended) {
      running.add(span);
    }
    return span;
  }

  void end(RunningSpan span, String name, Span.Ending ending) {
    long now = now();
    synchronized (ended) {
      if (running.remove(span)) {
        keep(span.ended(name, ending, now));
      }
    }
  }

  /**
   * Registers a source of spans that are running, for an engine that knows at any time what it runs. {@link #timeline} calls
   * it, on its own thread; an exception that it throws leaves its spans out.
   *
   * @param source returns the spans that are running, with the ending {@code RUNNING}; must be thread-safe
   * @return the registration, to be closed when nothing runs any more
   */
  public Registration register(Supplier<? extends Collection<Span>> source) {
    Source registered = new Source(Objects.requireNonNull(source, "source must not be null"));
    sources.add(registered);
    return () -> sources.remove(registered);
  }

  /**
   * Returns a timeline of the latest spans that have ended, and of those that are running until now. A span of a registered
   * source that ends during the call may be missing.
   */
  public Timeline timeline() {
    List<Span> spans = new ArrayList<>();
    long lost;
    synchronized (ended) {
      spans.addAll(ended);
      lost = dropped;
      long now = now();
      for (RunningSpan each : running) {
        spans.add(each.soFar(now));
      }
    }
    for (Source each : sources) {
      spans.addAll(runningOf(each));
    }
    return new Timeline(spans, lost);
  }

  private static Collection<Span> runningOf(Source source) {
    try {
      return source.spans.get();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a timeline lacks the running spans of a source, which failed", e);
      return List.of();
    }
  }
}
