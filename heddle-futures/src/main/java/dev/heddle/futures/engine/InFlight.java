package dev.heddle.futures.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts activities under way, and runs an action when it is closed and the last of them has ended.
 *
 * <p>Lock-free. Those that have begun and those that have ended are counted apart, since different threads do so: one shared count
 * would have its cache line fetched from the other processor for each of both. The count of the former has the closed bit, so that no
 * activity can begin unnoticed after the close. A thread that reads both reads the ended ones first: they never exceed the others.
 */
public final class InFlight {
  private static final long CLOSED = 1;
  private static final long ONE = 2;
  private static final int BEGUN = 16; // 128 bytes from the other one, and from the neighbours of the array
  private static final int ENDED = 32;

  private final AtomicLongArray counts = new AtomicLongArray(48);
  private final Runnable drained;
  private volatile boolean closed; // set after the closed bit, and read in place of it

  /**
   * A counter that is open and at zero.
   *
   * @param drained called when it is closed and at zero; possibly more than once
   */
  public InFlight(Runnable drained) {
    this.drained = drained;
  }

  /** Counts one more. Returns its number, from 1; 0 if it is closed, and then does nothing. */
  public long enter() {
    long before = counts.getAndAdd(BEGUN, ONE);
    if ((before & CLOSED) == 0) {
      return before / ONE + 1;
    }
    counts.addAndGet(BEGUN, -ONE);
    look(); // the last one may have ended meanwhile, and have seen this one
    return 0;
  }

  /** Counts one less. */
  public void exit() {
    counts.incrementAndGet(ENDED);
    if (closed) { // otherwise the thread that closes it looks after it has set that
      look();
    }
  }

  private void look() {
    if (isDrained()) {
      drained.run();
    }
  }

  /** Accepts no more activities. */
  public void close() {
    if ((counts.getAndUpdate(BEGUN, before -> before | CLOSED) & CLOSED) == 0) {
      closed = true;
      look();
    }
  }

  /** Returns how many have begun. */
  public long begun() {
    return counts.get(BEGUN) / ONE;
  }

  /** Returns whether it is closed and at zero. */
  public boolean isDrained() {
    long ended = counts.get(ENDED);
    return counts.get(BEGUN) == (ended * ONE | CLOSED);
  }

  /** Returns whether it is at zero. */
  public boolean isEmpty() {
    long ended = counts.get(ENDED);
    return begun() == ended;
  }

  /** Returns whether it is closed. */
  public boolean isClosed() {
    return (counts.get(BEGUN) & CLOSED) != 0;
  }
}
