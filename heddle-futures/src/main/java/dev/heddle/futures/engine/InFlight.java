package dev.heddle.futures.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts activities under way, and runs an action when it is closed and the last of them has ended.
 *
 * <p>Lock-free: the count and the closed bit are one number, so that no activity can begin unnoticed after the close.
 */
public final class InFlight {
  private static final long CLOSED = 1;
  private static final long ONE = 2;

  private final AtomicLong state = new AtomicLong();
  private final Runnable drained;

  /**
   * A counter that is open and at zero.
   *
   * @param drained called when it is closed and at zero; possibly more than once
   */
  public InFlight(Runnable drained) {
    this.drained = drained;
  }

  /** Counts one more. Returns false, and does nothing, if it is closed. */
  public boolean enter() {
    if ((state.getAndAdd(ONE) & CLOSED) == 0) {
      return true;
    }
    exit();
    return false;
  }

  /** Counts one less. */
  public void exit() {
    if (state.addAndGet(-ONE) == CLOSED) {
      drained.run();
    }
  }

  /** Accepts no more activities. */
  public void close() {
    if (state.getAndUpdate(before -> before | CLOSED) == 0) {
      drained.run();
    }
  }

  /** Returns whether it is closed and at zero. */
  public boolean isDrained() {
    return state.get() == CLOSED;
  }

  /** Returns whether it is at zero. */
  public boolean isEmpty() {
    return (state.get() & ~CLOSED) == 0;
  }

  /** Returns whether it is closed. */
  public boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }
}
