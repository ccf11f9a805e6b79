package dev.heddle.queue.blocking;

import dev.heddle.futures.spi.NonBlocking;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a queue, and the waits under it.
 *
 * <p>A platform thread that has to wait spins briefly, and then yields its processor some times, before it parks: between
 * two threads of equal pace, parking costs many times more than the wait itself. Only one thread does so at a time, so that
 * many idle takers use no processor time. A virtual thread parks at once, which is cheap, and lets its carrier run the other
 * side.
 */
final class QueueLock {
  static final long FOREVER = Long.MAX_VALUE;
  static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 20 : 0;
  private static final int YIELDS = 16;

  /** A condition that is read without the lock, only to decide whether to spin. */
  interface Hint {
    boolean holds();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final int spins;
  private volatile int waiting; // the number of threads parked at a condition that may come true soon

  QueueLock(int spins) {
    this.spins = spins;
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  void acquire() {
    int most = mostSpins();
    for (int i = 0; i < most; i++) {
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

  /** Spins and yields briefly while a condition holds, before the lock is acquired. */
  @SuppressWarnings("ThreadPriorityCheck") // yielding is measured to be worth it, and nothing depends on it
  void spinWhile(Hint idle) {
    int most = mostSpins();
    for (int i = 0; i < most && waiting == 0 && idle.holds(); i++) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < YIELDS && most > 0 && waiting == 0 && idle.holds(); i++) {
      Thread.yield();
    }
  }

  private int mostSpins() {
    return Thread.currentThread().isVirtual() ? 0 : spins;
  }

  /** Waits under the lock for space or for an item; returns the time left. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the lock makes it atomic
  long await(Condition condition, long nanos) throws InterruptedException {
    waiting++;
    try {
      return awaitLong(condition, nanos, "waiting at a queue");
    } finally {
      waiting--;
    }
  }

  /** Waits under the lock without keeping other threads from spinning, for long waits; returns the time left. */
  @SuppressWarnings("WaitNotInLoop") // every caller loops
  static long awaitLong(Condition condition, long nanos, String what) throws InterruptedException {
    NonBlocking.check(what);
    if (nanos == FOREVER) {
      condition.await();
      return FOREVER;
    }
    return condition.awaitNanos(nanos);
  }

  /** Throws if the thread is interrupted already, as interruptible methods do before they wait. */
  static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
