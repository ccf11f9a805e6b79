package dev.heddle.queue.meter;

import dev.heddle.futures.Future;
import dev.heddle.queue.SlowestItem;
import dev.heddle.timeline.Span;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Measures one worker of a stage: the state it is in, the time spent in each state, and its items.
 *
 * <p>Written by the worker alone. Any thread may read: the figures may be slightly old and not all of one moment, so that
 * writes are cheap. The histogram may be read after the worker's end.
 */
public final class WorkerMeter {
  /** The worker waits for an item. States are also the indexes of the time spent in them. */
  public static final int GETTING = 0;
  /** The worker processes an item. */
  public static final int BUSY = 1;
  /** The worker waits to hand a result on. */
  public static final int PUTTING = 2;
  /** The worker waits for an earlier item, because its stage hands results on in order. */
  public static final int ORDERING = 3;
  /** The worker has not started yet or has ended; also the number of the other states. */
  public static final int ENDED = 4;

  private static final int STATE = 5;
  private static final int SINCE = 6;
  private static final int IN = 7;
  private static final int OUT = 8;
  private static final int FAILED = 9;
  private static final long QUICK_NANOS = 2_000;
  private static final int PER_SAMPLE = 16;
  private static final int PADDED = 24; // so that neighbours in memory do not share a cache line

  private final AtomicLongArray figures = new AtomicLongArray(PADDED);
  private volatile @Nullable Future<?> awaited;
  private volatile boolean limited;
  private volatile @Nullable SlowestItem slowest;
  private long longest; // of the worker alone, as what follows
  private boolean quick; // the last item was
  private boolean estimated; // the beginning of this one
  private long handOver; // the time between two items that are there at once, when it was measured last
  private int sinceSample;
  private final DurationHistogram times = new DurationHistogram();

  private final boolean takes;
  private final @Nullable WorkerTrace trace;

  /** Creates the meter of a worker that takes items and has not started. */
  public WorkerMeter() {
    this(true, null);
  }

  /**
   * Creates the meter of a worker that has not started.
   *
   * @param takes false for a source, which hands items out only
   * @param trace records its items; null records nothing
   */
  public WorkerMeter(boolean takes, @Nullable WorkerTrace trace) {
    this.takes = takes;
    this.trace = trace;
    figures.set(STATE, ENDED);
    figures.set(SINCE, System.nanoTime());
  }

  /** Enters another state; returns the duration of the last one in nanoseconds. */
  public long to(int state) {
    long now = System.nanoTime();
    long lasted = now - figures.getPlain(SINCE);
    int before = (int) figures.getPlain(STATE);
    add(before, lasted);
    figures.setRelease(SINCE, now);
    figures.setRelease(STATE, state);
    estimated = false;
    if (trace != null && state == ENDED) {
      trace.idles(); // a source that has no further item was busy until now
    }
    return lasted;
  }

  // ---- items ----

  /**
   * Enters the state {@link #BUSY} for an item; null for a source, which has none yet.
   *
   * <p>To read the clock takes as long as to hand over an item. Between quick items it is read once in 16 times here; otherwise
   * the time between two items is taken to be as long as it was then, and at most as long as a quick item.
   */
  public void begin(long index, @Nullable Object item) {
    int before = state();
    if (before == GETTING) {
      to(BUSY);
    } else if (quick && ++sinceSample < PER_SAMPLE) {
      estimated = true;
      enter(before, BUSY);
    } else {
      sinceSample = 0;
      long now = System.nanoTime();
      long between = now - figures.getPlain(SINCE);
      handedOver(between);
      handOver = Math.min(between, QUICK_NANOS);
      figures.setRelease(SINCE, now);
      enter(before, BUSY);
    }
    if (trace != null) {
      trace.begins(index, item, figures.getPlain(SINCE));
    }
  }

  /**
   * Ends the work on an item, which the worker hands on; returns how long it took, in nanoseconds. The state is {@link #PUTTING}
   * now, unless the item was quick: then it stays as it is for the time until the next one.
   */
  public long end(long index, Object item) {
    long now = System.nanoTime();
    long took = now - figures.getPlain(SINCE);
    if (estimated) {
      estimated = false;
      long between = Math.min(took, handOver);
      handedOver(between);
      took -= between;
    }
    add(BUSY, took);
    figures.setRelease(SINCE, now);
    quick = took < QUICK_NANOS && trace == null; // what is recorded has a clock of its own
    enter(BUSY, quick ? BUSY : PUTTING);
    if (trace != null) {
      trace.ended(index, item, now - took, now);
    }
    return took;
  }

  private void enter(int before, int state) {
    if (before != state) {
      figures.setRelease(STATE, state);
    }
  }

  /** Counts time between two items, which is for handing on one and taking the next in equal parts. */
  private void handedOver(long nanos) {
    long getting = takes ? nanos / 2 : 0;
    add(GETTING, getting);
    add(PUTTING, nanos - getting);
  }

  private void add(int state, long nanos) {
    figures.setRelease(state, figures.getPlain(state) + nanos);
  }

  /** Returns whether the last item was so quick that handing it over takes longer. */
  public boolean isQuick() {
    return quick;
  }

  /** Returns the state; for the worker alone. */
  public int state() {
    return (int) figures.getPlain(STATE);
  }

  /** Takes note that the current item is given up, as its stage is cancelled. */
  public void stopped() {
    if (trace != null) {
      trace.ends(Span.Ending.CANCELLED);
    }
  }

  /** Returns what records the items; null if nothing does. */
  public @Nullable WorkerTrace trace() {
    return trace;
  }

  private void count(int what) {
    figures.setRelease(what, figures.getPlain(what) + 1);
  }

  /** Counts an item taken. */
  public void in() {
    count(IN);
  }

  /** Counts an item handed on. */
  public void out() {
    count(OUT);
  }

  /** Counts a failed item. */
  public void failed() {
    count(FAILED);
    if (trace != null) {
      trace.ends(Span.Ending.FAILED);
    }
  }

  /** Returns the nanoseconds spent in a state until {@code now}, including the current one. */
  public long nanos(int state, long now) {
    long sum = figures.getAcquire(state);
    if (figures.getAcquire(STATE) == state) {
      sum += Math.max(0, now - figures.getAcquire(SINCE));
    }
    return sum;
  }

  /** Sets the task of an executor that the worker waits for; null after that. */
  public void await(@Nullable Future<?> task) {
    awaited = task;
  }

  /** Sets whether the worker waits for a permit of a limit. */
  public void limited(boolean waits) {
    limited = waits;
  }

  /** Returns whether the worker waits for a permit of a limit. */
  public boolean isLimited() {
    return limited;
  }

  /** Returns whether the worker waits for an executor that has not begun its task. */
  public boolean isQueued() {
    Future<?> task = awaited;
    return task != null && !task.isDone() && !task.isRunning();
  }

  /** Returns whether the worker processes an item. */
  public boolean isBusy() {
    return figures.getAcquire(STATE) == BUSY;
  }

  /** Returns the number of items taken. */
  public long items() {
    return figures.getAcquire(IN);
  }

  /** Returns the number of items handed on. */
  public long emitted() {
    return figures.getAcquire(OUT);
  }

  /** Returns the number of failed items. */
  public long failures() {
    return figures.getAcquire(FAILED);
  }

  /** Counts the duration of an item; returns whether no item of this worker took longer. */
  public boolean took(long nanos) {
    times.add(nanos);
    if (nanos <= longest) {
      return false;
    }
    longest = nanos;
    return true;
  }

  /** Sets the item that took the longest. */
  public void slowest(SlowestItem item) {
    slowest = item;
  }

  /** Returns the item that took the longest; null if there was none. */
  public @Nullable SlowestItem slowest() {
    return slowest;
  }

  /** Returns whether the worker waits for a task that it has given to an executor. */
  public boolean isAwaiting() {
    return awaited != null;
  }

  /** Returns the durations of the items; for the worker itself, and for others after its end. */
  public DurationHistogram times() {
    return times;
  }
}
