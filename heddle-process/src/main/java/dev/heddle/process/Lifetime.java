package dev.heddle.process;

import dev.heddle.futures.BrokenExecutorException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether a dispatcher still takes tasks, why not, and whether it is over. Under its lock, unless it says otherwise. */
final class Lifetime {
  private final ReentrantLock lock;
  private final Condition ended;
  private final Callbacks callbacks;
  private final Runnable atEnd;
  private boolean shutdown;
  private boolean terminated;
  private @Nullable BrokenExecutorException broken;

  /**
   * One that takes tasks.
   *
   * @param lock the dispatcher's
   * @param atEnd is run when the last worker is gone
   */
  Lifetime(String name, ReentrantLock lock, Runnable atEnd) {
    this.lock = lock;
    this.ended = lock.newCondition();
    this.callbacks = new Callbacks(name, this::tellThatOneEnded);
    this.atEnd = atEnd;
  }

  /** The callbacks of futures, which have to be over, too. */
  Callbacks callbacks() {
    return callbacks;
  }

  /**
   * Sees whether a task may come.
   *
   * @throws RejectedExecutionException if not; a {@link BrokenExecutorException} if it is broken
   */
  void check(String task) {
    if (broken != null) {
      throw new BrokenExecutorException(broken);
    }
    if (shutdown) {
      throw new RejectedExecutionException("task '" + task + "' was rejected: its engine is shut down");
    }
  }

  /** No more tasks come. */
  void shutdown() {
    shutdown = true;
  }

  /** No worker can be had, for this reason, if there was none before; true if there was none. */
  boolean breakWith(BrokenExecutorException error) {
    boolean first = broken == null;
    broken = first ? error : broken;
    return first;
  }

  /** Why it is broken; null if it is not. */
  @Nullable
  BrokenExecutorException broken() {
    return broken;
  }

  /** Looks whether it is over. */
  void checkEnd(boolean workersLeft) {
    if (shutdown && !terminated && !workersLeft) {
      terminated = true;
      try {
        atEnd.run();
      } catch (RuntimeException | Error e) { // whoever learns here that a worker has gone has its tasks to bury
        Log.ignored("tidying up after a process pool", e);
      } finally {
        ended.signalAll();
      }
    }
  }

  private boolean isOver() {
    return terminated && callbacks.areOver();
  }

  private void tellThatOneEnded() {
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is over; for any thread. */
  boolean isTerminated() {
    lock.lock();
    try {
      return isOver();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is over; false if the time is over first. For any thread. */
  boolean awaitTermination(Duration timeout) throws InterruptedException {
    long nanos = Patience.nanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!isOver()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = ended.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
