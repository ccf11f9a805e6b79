package dev.heddle.testkit;

import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs steps of several threads in a given order.
 *
 * <pre>{@code
 * Sequencer order = new Sequencer();
 * // on one thread                         // on another
 * try (var _ = order.step(0)) { a(); }
 *                                          try (var _ = order.step(1)) { b(); }
 * try (var _ = order.step(2)) { c(); }
 * }</pre>
 *
 * <p><b>Thread-safe.</b> {@link #step} blocks until every lower step has ended, for at most the sequencer's time-out;
 * interrupting it ends the wait. What was done in a step happens-before the next one.
 *
 * <p>Origin: {@code Sequencer} of {@code trio.testing}.
 */
public final class Sequencer {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Integer> claimed = new TreeSet<>();
  private final Duration timeout;
  private int next;

  /** A sequencer whose steps start at 0 and wait for at most ten seconds. */
  public Sequencer() {
    this(Duration.ofSeconds(10));
  }

  /**
   * A sequencer whose steps start at 0.
   *
   * @param timeout how long a step waits at the most for those before it, longer than zero
   */
  public Sequencer(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "timeout must be longer than zero, but was " + Describe.duration(timeout)
              + "; it bounds how long a step waits for those before it");
    }
    this.timeout = timeout;
  }

  /** A step under way. */
  public final class Step implements AutoCloseable {
    private boolean open = true;

    private Step() {}

    /** Ends the step and lets the next one begin. Calling it again does nothing. */
    @Override
    public void close() {
      lock.lock();
      try {
        if (open) {
          open = false;
          next++;
          ended.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Begins a step as soon as all lower ones have ended.
   *
   * @param number 0 for the first; each number once
   * @return the step, to be closed at its end
   * @throws AssertionError if a lower step has not ended in time; its message names the step and contains a dump of all
   *     threads
   * @throws IllegalArgumentException if the number is negative or was used before
   * @throws InterruptedException if the calling thread is interrupted meanwhile
   */
  public Step step(int number) throws InterruptedException {
    lock.lock();
    try {
      if (number < 0 || !claimed.add(number)) {
        throw new IllegalArgumentException(
            "number must be 0 or more and used once, but was " + number + "; used are " + claimed);
      }
      long left = timeout.toNanos();
      while (next < number) {
        if (left <= 0) {
          throw new AssertionError(
              "step " + number + " did not get its turn within " + Describe.duration(timeout) + ": step " + next
                  + (claimed.contains(next) ? " has begun and not ended" : " was never begun") + ". All threads:\n"
                  + ThreadDump.take());
        }
        left = ended.awaitNanos(left);
      }
      return new Step();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many steps have ended. */
  public int ended() {
    lock.lock();
    try {
      return next;
    } finally {
      lock.unlock();
    }
  }
}
