package dev.heddle.dispatch;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A worker in its pool: its channel, its {@link WorkerState}, and the tasks it was given. Its members are guarded by the
 * dispatcher's lock unless they say otherwise.
 */
final class Worker {
  private static final int LONG_NANOS = 1_000_000;
  private static final int QUICK_NANOS = 200_000;
  private static final int MAX_DEPTH = 128;
  private static final double WEIGHT_OF_LATEST = 0.2;

  final WorkerChannel channel;
  final OutcomeReader outcomes;
  final Instant started = Instant.now();
  final long startedNanos;

  /** The tasks it was given. */
  final WorkerQueue queue;

  /** How many outcomes are being decoded, plus one until the worker is gone. Thread-safe. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final Consumer<Worker> settled;
  private final LongSupplier clock;
  private WorkerState state;
  private ExitReason exitReason = ExitReason.CLOSED;
  private long finished;
  private @Nullable DispatchedTask passedTask;
  private long passedSince;
  private long idleSince;
  private long lastEnd; // of its tasks
  private volatile @Nullable String lane; // made once it is asked for
  private volatile double meanNanos = Double.NaN; // read by helping waiters without the lock

  /**
   * Creates a worker that starts.
   *
   * @param settled is called once, without a lock, when the worker is gone and all its tasks have been told of their ends
   * @param clock tells the time in nanoseconds, as {@link System#nanoTime} does
   */
  Worker(
      WorkerChannel channel, OutcomeReader outcomes, boolean spare, Consumer<Worker> settled, LongSupplier clock) {
    this.channel = channel;
    this.outcomes = outcomes;
    this.settled = settled;
    this.clock = clock;
    this.startedNanos = clock.getAsLong();
    this.lastEnd = startedNanos;
    this.state = spare ? WorkerState.STARTING_SPARE : WorkerState.STARTING;
    this.queue = new WorkerQueue(this, channel);
  }

  /** The time, in nanoseconds. */
  long now() {
    return clock.getAsLong();
  }

  WorkerState state() {
    return state;
  }

  /** Whether it is prepared, so that it can run tasks, and not gone. */
  boolean isServing() {
    return !state.isStarting() && state != WorkerState.GONE;
  }

  /** Why it leaves; meaningful once it does. */
  ExitReason exitReason() {
    return exitReason;
  }

  /** Its lane in a timeline, which has the name of its pool. Thread-safe; names are made without the lock. */
  String lane(String pool) {
    String made = lane;
    if (made == null) {
      made = pool + " " + this;
      lane = made;
    }
    return made;
  }

  // ---- transitions ----

  /** It has reported that it is ready; false if it had before, or is leaving. */
  boolean becomeReady() {
    boolean first = state.isStarting();
    state = state.ready();
    return first;
  }

  /** A spare worker is needed for a task. */
  void hire() {
    state = state.hired();
  }

  /** It gets no more tasks; the first reason given stands. */
  void leave(WorkerState next, ExitReason why) {
    if (!state.isLeaving()) {
      exitReason = why;
    }
    if (next.compareTo(state) > 0) {
      state = next;
    }
  }

  // ---- its tasks ----

  /** How many tasks it has finished. */
  long finished() {
    return finished;
  }

  /** Counts a finished task and its run time. */
  void finished(long nanos) {
    finished++;
    meanNanos = Double.isNaN(meanNanos) ? nanos : meanNanos + WEIGHT_OF_LATEST * (nanos - meanNanos);
  }

  /** When a task that has ended began: not before the task before it ended, as a worker runs one at a time. */
  long startOf(WorkerChannel.TaskEnd end) {
    long earliest = lastEnd;
    long start = end.endNanos() - Math.clamp(end.nanos(), 0, Math.max(0, end.endNanos() - startedNanos));
    lastEnd = end.endNanos() - lastEnd > 0 ? end.endNanos() : lastEnd;
    return start - earliest > 0 ? start : Math.min(earliest, end.endNanos());
  }

  /** When its first task began, or could have: after the task before it ended, and once the worker had it. */
  long startOfHead(DispatchedTask head, long now) {
    long since = now - Math.max(0, head.nanosAtHead(now));
    return since - lastEnd > 0 ? since : Math.min(lastEnd, now);
  }

  /** It has no task from now on. */
  void idles() {
    idleSince = now();
  }

  /** How long it has had no task, in nanoseconds; meaningless if it has one. */
  long idleNanos() {
    return now() - idleSince;
  }

  /** How many tasks it may have at once: more than one only if they are so short that the time to reach it would be felt. */
  int depth() {
    double mean = meanNanos;
    int worthwhile = mean < LONG_NANOS ? (int) Math.clamp(Math.ceil(LONG_NANOS / mean), 2, MAX_DEPTH) : 1; // NaN: nothing is known
    return 1 + Math.min(worthwhile - 1, channel.mostAhead());
  }

  /** Whether its tasks are so short that it pays to poll for their ends. Thread-safe. */
  boolean isQuick() {
    return !(meanNanos > QUICK_NANOS);
  }

  /**
   * Returns for how long, in nanoseconds, it has been past its first task without having reported that task's end: what was
   * found now and when it was looked at before.
   */
  long nanosPassed(DispatchedTask head, boolean passed) {
    if (!passed) {
      passedTask = null;
      return 0;
    }
    long now = now();
    if (passedTask != head) {
      passedTask = head;
      passedSince = now;
    }
    return now - passedSince;
  }

  // ---- outcomes; thread-safe ----

  /** An outcome of it is going to be decoded. */
  void retainOutcomes() {
    users.incrementAndGet();
  }

  /**
   * An outcome of it was told, or it is gone: after the last of these its outcomes are closed, and the dispatcher may end.
   */
  void releaseOutcomes() {
    if (users.decrementAndGet() == 0) {
      try {
        outcomes.close();
      } finally {
        settled.accept(this);
      }
    }
  }

  /** What it is doing. */
  WorkerInfo info() {
    return new WorkerInfo(channel, activity(), queue.size(), finished, started);
  }

  private WorkerInfo.Activity activity() {
    return switch (state) {
      case STARTING, STARTING_SPARE -> WorkerInfo.Activity.STARTING;
      case SPARE -> WorkerInfo.Activity.SPARE;
      case SERVING -> queue.isEmpty() ? WorkerInfo.Activity.IDLE : WorkerInfo.Activity.BUSY;
      case LEAVING, CONDEMNED, GONE -> WorkerInfo.Activity.ENDING;
    };
  }

  @Override
  public String toString() {
    return channel.toString();
  }
}
