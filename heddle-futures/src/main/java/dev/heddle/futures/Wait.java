package dev.heddle.futures;

import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait for one or more futures.
 *
 * <p>It parks the thread until a condition holds. If the thread runs a task, its pool may run something else meanwhile, and a
 * wait without a time-out is open to {@link Deadlocks}, which can end it with a verdict.
 *
 * <p>Made, awaited and thrown away by one thread; {@link #wake}, {@link #condemn} and the questions are for any thread.
 */
abstract class Wait {
  private static final long FOREVER = Long.MAX_VALUE;

  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable Supplier<DeadlockException> verdict;

  /** Whether what is waited for has come. */
  abstract boolean satisfied();

  /**
   * The futures that the wait still needs, or of which any may still end it. Of the latter kind those that are done count
   * until the waiter has taken notice of them: it is about to go on.
   */
  abstract Stream<CoreFuture<?>> open();

  /** Whether the wait needs every one of its open futures to get done, not just any of them. */
  abstract boolean needsAll();

  /** Lends the waiting thread to those who bring about what it waits for, for some microseconds. */
  void help(long nanos) {}

  /** Asks to be woken. */
  abstract void enlist();

  /** Asks no longer. */
  abstract void withdraw();

  /** Lets the waiting thread look again. */
  final void wake() {
    LockSupport.unpark(waiter);
  }

  /** Makes the wait end with a {@link DeadlockException}, when it is woken. */
  final void condemn(Supplier<DeadlockException> error) {
    verdict = error;
  }

  /** Waits as long as it takes. */
  final void await() throws InterruptedException {
    await(FOREVER);
  }

  /**
   * Waits at the most the given time.
   *
   * @return whether the condition holds
   */
  final boolean await(long nanos) throws InterruptedException {
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
    long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos; // first: helping takes its time, too
    help(nanos);
    if (satisfied()) {
      return true;
    }
    enlist();
    try {
      TaskRun<?> run = TaskRun.current();
      return run == null ? park(null, nanos, deadline) : parkInside(run, nanos, deadline);
    } finally {
      withdraw();
    }
  }

  /** Parks a thread that runs a task: its pool makes up for it, and a cycle is an error. */
  private boolean parkInside(TaskRun<?> run, long nanos, long deadline) throws InterruptedException {
    Engine engine = run.engine();
    engine.beginBlocking();
    try {
      if (nanos != FOREVER) {
        return park(null, nanos, deadline);
      }
      run.waitsFor(this);
      return park(run, nanos, deadline);
    } finally {
      run.waitsFor(null);
      engine.endBlocking();
    }
  }

  /**
   * Parks until the condition holds, or the time is over.
   *
   * @param watched the task to look for cycles from, each time before it parks: what it waits for may have become less
   */
  private boolean park(@Nullable TaskRun<?> watched, long nanos, long deadline) throws InterruptedException {
    while (true) {
      // Asked before the verdict is read, and heeded after it: the condition may hold only because another wait of the cycle
      // was told, and then this one was too.
      boolean come = satisfied();
      Supplier<DeadlockException> error = verdict;
      if (error != null) {
        throw error.get();
      }
      if (come) {
        return true;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (watched != null) {
        Deadlocks.look(watched);
        if (verdict != null || satisfied()) { // asked again: the look takes locks, which may use up the permit of a wake
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
