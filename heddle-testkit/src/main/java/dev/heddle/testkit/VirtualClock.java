package dev.heddle.testkit;

import dev.heddle.base.Describe;
import dev.heddle.futures.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a test advances.
 *
 * <pre>{@code
 * VirtualClock clock = new VirtualClock();
 * Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock));
 * Future<String> page = pool.submit(TaskOptions.defaults().withTimeout(Duration.ofSeconds(5)), () -> fetch());
 * clock.awaitPending(1, Duration.ofSeconds(10));   // the task has begun, its time-out is set
 * clock.advance(Duration.ofSeconds(5));            // the task is interrupted; no real time has passed
 * }</pre>
 *
 * <p><b>Thread-safe.</b> Actions run on the thread that advances the clock, in the order of their deadlines; those with the
 * same deadline run in the order in which they were scheduled. If two threads advance the clock, one waits for the other.
 * What a thread did before it scheduled an action happens-before the action.
 *
 * <p>Origin: {@code MockClock} of {@code trio.testing}.
 */
public final class VirtualClock implements TimeSource {

  private static final class Entry implements Scheduled {
    private final VirtualClock clock;
    private final long deadline;
    private final long sequence;
    private final Runnable action;

    Entry(VirtualClock clock, long deadline, long sequence, Runnable action) {
      this.clock = clock;
      this.deadline = deadline;
      this.sequence = sequence;
      this.action = action;
    }

    @Override
    public void cancel() {
      clock.forget(this);
    }
  }

  private final ReentrantLock advancing = new ReentrantLock(); // outer; held while actions run
  private final ReentrantLock lock = new ReentrantLock(); // inner; guards everything below
  private final Condition scheduled = lock.newCondition();
  private final PriorityQueue<Entry> entries = new PriorityQueue<>(
      Comparator.<Entry>comparingLong(entry -> entry.deadline).thenComparingLong(entry -> entry.sequence));
  private long now;
  private long sequence;

  /** A clock at zero, with nothing scheduled. */
  public VirtualClock() {}

  /** Returns how far this clock was advanced, in nanoseconds. */
  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs an action when the clock has been advanced by a delay; never before {@link #advance} is called, even if it is zero.
   *
   * @param delay from now; zero or more
   * @throws IllegalArgumentException if the delay is negative
   */
  @Override
  public Scheduled schedule(Duration delay, Runnable action) {
    long nanos = nanos(delay, "delay");
    if (action == null) {
      throw new NullPointerException("action must not be null");
    }
    lock.lock();
    try {
      Entry entry = new Entry(this, after(nanos), sequence++, action);
      entries.add(entry);
      scheduled.signalAll();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Throws what an action has thrown, as it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased, which is its purpose
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }

  /**
   * Advances the clock and runs the actions that become due, each at its deadline, on this thread.
   *
   * <p>An action that is scheduled meanwhile runs, too, if it is due before the end. An action that fails does not keep the
   * others from running; the first failure is thrown at the end, with later ones suppressed in it.
   *
   * @param by how far; zero runs what is due now
   * @throws IllegalArgumentException if it is negative
   */
  public void advance(Duration by) {
    long nanos = nanos(by, "by");
    advancing.lock();
    try {
      long target = target(nanos);
      Throwable failure = null;
      for (Entry due = nextDue(target); due != null; due = nextDue(target)) {
        try {
          due.action.run();
        } catch (Throwable e) { // an AssertionError, too, must not keep the other actions from running
          if (failure == null) {
            failure = e;
          } else if (failure != e) {
            failure.addSuppressed(e);
          }
        }
      }
      arriveAt(target);
      if (failure != null) {
        throw VirtualClock.<RuntimeException>unchecked(failure);
      }
    } finally {
      advancing.unlock();
    }
  }

  /** Returns how many actions are scheduled and have neither run nor been cancelled. */
  public int pending() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the time to the next action; empty if none is scheduled. */
  public Optional<Duration> untilNext() {
    lock.lock();
    try {
      Entry first = entries.peek();
      return first == null ? Optional.empty() : Optional.of(Duration.ofNanos(first.deadline - now));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, in real time, until other threads have scheduled actions.
   *
   * @param count how many actions must be pending at least
   * @param timeout how long to wait at the most, in real time
   * @throws TimeoutException if there are fewer when the time has run out
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void awaitPending(int count, Duration timeout) throws InterruptedException, TimeoutException {
    long left = nanos(timeout, "timeout");
    lock.lock();
    try {
      while (entries.size() < count) {
        if (left <= 0) {
          throw new TimeoutException(
              entries.size() + " actions are scheduled on the virtual clock, not " + count + ", after waiting "
                  + Describe.duration(timeout) + "; does the code under test use this clock?");
        }
        left = scheduled.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private long target(long nanos) {
    lock.lock();
    try {
      return after(nanos);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry nextDue(long target) {
    lock.lock();
    try {
      Entry first = entries.peek();
      if (first == null || first.deadline > target) {
        return null;
      }
      now = Math.max(now, first.deadline);
      return entries.poll();
    } finally {
      lock.unlock();
    }
  }

  private void arriveAt(long target) {
    lock.lock();
    try {
      now = Math.max(now, target); // an action may itself have advanced the clock further
    } finally {
      lock.unlock();
    }
  }

  private void forget(Entry entry) {
    lock.lock();
    try {
      entries.remove(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the deadline of a delay from now, at most {@code Long.MAX_VALUE}. Called under the lock. */
  private long after(long nanos) {
    long moment = now + nanos;
    return moment < now ? Long.MAX_VALUE : moment;
  }

  private static long nanos(Duration duration, String argument) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          argument + " must not be negative, but was " + Describe.duration(duration) + "; a clock does not run backwards");
    }
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }

  @Override
  public String toString() {
    return "<VirtualClock at " + Describe.duration(Duration.ofNanos(nanoTime())) + ", " + pending() + " pending>";
  }
}
