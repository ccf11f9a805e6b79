package dev.heddle.futures.core;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait for one or more futures.
 *
 * <p>It parks the thread until a condition holds. If the thread runs a task, its engine may run another task meanwhile, and
 * a wait without a time-out is visible to the {@link DeadlockDetector}, which can end it with an exception.
 *
 * <p>Created, awaited and discarded by one thread; {@link #wake}, {@link #failWith} and the queries may be called by any
 * thread.
 */
public abstract class FutureWait {
  private static final long FOREVER = Long.MAX_VALUE;

  private volatile @Nullable Thread waiter = Thread.currentThread(); // null once the wait is over
  private volatile @Nullable Supplier<DeadlockException> failure;
  private volatile long wokenAt; // 0: not yet

  /** Returns whether the condition holds. */
  protected abstract boolean satisfied();

  /**
   * Returns the futures that the wait depends on: all that are not done, for a wait that needs all of them; otherwise those
   * of which any one can end the wait, done ones included until the waiter has seen them, for it is about to continue.
   */
  protected abstract Stream<CoreFuture<?>> open();

  /** Returns whether the wait needs every one of its open futures to be done, rather than any of them. */
  protected abstract boolean needsAll();

  /** Lets the waiting thread help the engine for some microseconds, before it parks. */
  protected void help(long nanos) {}

  /** Called when the wait is over, with the time that it took, helping included and waking excluded; must not throw. */
  protected void waited(long nanos) {}

  /** Registers the wait with its futures, which call {@link #wake} from then on. */
  protected abstract void enlist();

  /** Removes the registration. */
  protected abstract void withdraw();

  /** Notes that the wait is over: {@link #wake} does nothing from now on. */
  public final void markForgotten() {
    waiter = null;
  }

  /** Returns whether {@link #markForgotten} was called. */
  public final boolean isForgotten() {
    return waiter == null;
  }

  /** Unparks the waiting thread, which checks the condition again. */
  public final void wake() {
    wokenAt = System.nanoTime();
    LockSupport.unpark(waiter);
  }

  /** Makes the wait throw, once it is woken. */
  final void failWith(Supplier<DeadlockException> error) {
    failure = error;
  }

  /** Waits without a time-out. */
  public final void await() throws InterruptedException {
    await(FOREVER);
  }

  /**
   * Waits for at most the given time.
   *
   * @param nanos {@link Long#MAX_VALUE} means without a time-out
   * @return whether the condition holds
   */
  public final boolean await(long nanos) throws InterruptedException {
    if (satisfied()) {
      return true;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanos == 0) {
      return false;
    }
    NonBlocking.check("waiting for a future");
    long began = System.nanoTime(); // first: helping takes time, too
    help(nanos);
    try {
      return satisfied() || parkEnlisted(nanos, began + nanos);
    } finally {
      long woken = wokenAt; // without the waking of the thread, which spinning would have saved
      waited((woken == 0 ? System.nanoTime() : woken) - began);
    }
  }

  private boolean parkEnlisted(long nanos, long deadline) throws InterruptedException {
    enlist();
    try {
      RunningTask task = RunningTask.current();
      return task == null ? park(null, nanos, deadline) : parkInside(task, nanos, deadline);
    } finally {
      withdraw();
    }
  }

  /** Parks a thread that runs a task: its engine may add a worker meanwhile, and a cycle of waits is an error. */
  private boolean parkInside(RunningTask task, long nanos, long deadline) throws InterruptedException {
    Engine engine = task.engine();
    engine.beginBlocking();
    try {
      if (nanos != FOREVER) {
        return park(null, nanos, deadline);
      }
      task.waitsFor(this);
      return park(task, nanos, deadline);
    } finally {
      task.waitsFor(null);
      engine.endBlocking();
    }
  }

  /**
   * Parks until the condition holds or the time has run out.
   *
   * @param watched the task to search for cycles from, each time before the thread parks: the set of open futures may have
   *     shrunk
   */
  private boolean park(@Nullable RunningTask watched, long nanos, long deadline) throws InterruptedException {
    while (true) {
      // Read before the failure and used after it: the condition may hold only because another wait of the cycle has failed,
      // and in that case this wait has been given its failure before.
      boolean satisfied = satisfied();
      Supplier<DeadlockException> error = failure;
      if (error != null) {
        throw error.get();
      }
      if (satisfied) {
        return true;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (watched != null) {
        DeadlockDetector.search(watched);
        if (failure != null || satisfied()) { // the search takes locks, which may consume the permit of an unpark
          continue;
        }
      }
      if (nanos == FOREVER) {
        LockSupport.park(this);
      } else {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return satisfied();
        }
        LockSupport.parkNanos(this, left);
      }
    }
  }
}
