package dev.heddle.dispatch;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
import dev.heddle.futures.BrokenExecutorException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The life of a dispatcher: whether it still accepts tasks, why not, and whether it has ended. Guarded by its lock, unless
 * it says otherwise.
 */
final class Lifetime {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private final ReentrantLock lock;
  private final Condition ended;
  private final Callbacks callbacks;
  private final Runnable atEnd;
  private boolean shutdown;
  private boolean terminated;
  private @Nullable BrokenExecutorException broken;

  /**
   * Creates a lifetime that accepts tasks.
   *
   * @param lock the dispatcher's
   * @param atEnd is run when the last worker is gone
   */
  Lifetime(String name, ReentrantLock lock, Runnable atEnd) {
    this.lock = lock;
    this.ended = lock.newCondition();
    this.callbacks = new Callbacks(name, this::signalEnded);
    this.atEnd = atEnd;
  }

  /** The callbacks of futures, which must have ended, too. */
  Callbacks callbacks() {
    return callbacks;
  }

  /**
   * Checks that a task is accepted.
   *
   * @throws RejectedExecutionException if not; a {@link BrokenExecutorException} if the dispatcher is broken
   */
  void check(String task) {
    if (broken != null) {
      throw new BrokenExecutorException(broken);
    }
    if (shutdown) {
      throw new RejectedExecutionException("task '" + task + "' was rejected: its engine is shut down");
    }
  }

  /** No more tasks are accepted. */
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

  /** Ends it, if it was shut down and no worker is left. */
  void checkEnd(boolean workersLeft) {
    if (shutdown && !terminated && !workersLeft) {
      terminated = true;
      try {
        atEnd.run();
      } catch (RuntimeException | Error e) { // the caller has the tasks of a worker that is gone to fail
        LOG.ignored("tidying up after a pool", e);
      } finally {
        ended.signalAll();
      }
    }
  }

  private boolean isOver() {
    return terminated && callbacks.areOver();
  }

  private void signalEnded() {
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has ended; for any thread. */
  boolean isTerminated() {
    lock.lock();
    try {
      return isOver();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has ended; false if the time is over first. For any thread. */
  boolean awaitTermination(Duration timeout) throws InterruptedException {
    long nanos = Check.nanos(timeout);
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
