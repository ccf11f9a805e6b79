package dev.heddle.queue;

import dev.heddle.futures.spi.NonBlocking;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a queue, and the waits under it.
 *
 * <p>Whoever has to wait spins for a moment before it parks: between two threads that keep pace, parking costs many times
 * more than what it waits for. Only the first in line spins, so that a crowd of idle takers burns nothing.
 */
final class QueueLock {
  static final long FOREVER = Long.MAX_VALUE;
  static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 20 : 0;

  /** Looked at without the lock, only to decide whether to spin. */
  interface Hint {
    boolean holds();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final int spins;
  private volatile int waiting; // how many are parked at a condition that may come true soon

  QueueLock(int spins) {
    this.spins = spins;
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  void acquire() {
    for (int i = 0; i < spins; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  void release() {
    lock.unlock();
  }

  /** Before the lock is acquired: spins for a moment while there seems to be nothing to do with it. */
  void spinWhile(Hint idle) {
    for (int i = 0; i < spins && waiting == 0 && idle.holds(); i++) {
      Thread.onSpinWait();
    }
  }

  /** Waits under the lock for room or for an item; returns the time left. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the lock makes it atomic
  long await(Condition condition, long nanos) throws InterruptedException {
    waiting++;
    try {
      return awaitLong(condition, nanos, "waiting at a queue");
    } finally {
      waiting--;
    }
  }

  /** Waits under the lock for what may take long, so that others still spin; returns the time left. */
  @SuppressWarnings("WaitNotInLoop") // every caller loops
  static long awaitLong(Condition condition, long nanos, String what) throws InterruptedException {
    NonBlocking.check(what);
    if (nanos == FOREVER) {
      condition.await();
      return FOREVER;
    }
    return condition.awaitNanos(nanos);
  }

  /** Before a wait begins, as is usual for whatever can be interrupted. */
  static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
