package dev.heddle.iter.sharing;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time read a shared source; those that wait can be interrupted. */
public final class TurnLock {
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs a read in this thread's turn. */
  <R extends @Nullable Object> R inTurn(Supplier<R> read) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "the source of a shared Iter asked the shared Iter for an element; let it read from its own source instead");
    }
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException(
          "interrupted while another thread was reading the source; no element was taken");
      cancelled.initCause(e);
      throw cancelled;
    }
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs something that must not be left out, whatever interrupts. */
  void certainly(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
