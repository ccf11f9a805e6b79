package dev.heddle.futures;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is under way and says when, after the close, the last of it has ended.
 *
 * <p>Lock-free: the count and the closed bit are one number, so nothing can enter unseen after the close.
 */
final class InFlight {
  private static final long CLOSED = 1;
  private static final long ONE = 2;

  private final AtomicLong state = new AtomicLong();
  private final Runnable drained;

  /**
   * A counter that is open and at zero.
   *
   * @param drained called when it is closed and at zero; possibly more than once
   */
  InFlight(Runnable drained) {
    this.drained = drained;
  }

  /** Counts one more, unless closed: then false. */
  boolean enter() {
    if ((state.getAndAdd(ONE) & CLOSED) == 0) {
      return true;
    }
    exit();
    return false;
  }

  /** Counts one less. */
  void exit() {
    if (state.addAndGet(-ONE) == CLOSED) {
      drained.run();
    }
  }

  /** Lets nothing enter any more. */
  void close() {
    if (state.getAndUpdate(before -> before | CLOSED) == 0) {
      drained.run();
    }
  }

  /** Whether it is closed and at zero. */
  boolean isDrained() {
    return state.get() == CLOSED;
  }

  boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }
}
