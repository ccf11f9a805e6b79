package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Lock;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.futures.Permit;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Lock}: its owner, and the tasks that wait for it in order. */
public final class TaskLock extends HeldPermit.Issuer {
  private final WaitQueue<Permit, Acquire> waiters = new WaitQueue<>();
  private @Nullable HeldPermit held;
  private @Nullable LoopTask<?> owner;

  /** A free lock. */
  public TaskLock() {}

  /** See {@link Lock#acquire}. */
  public Awaitable<Permit> acquire() {
    return new Acquire(this);
  }

  /** Whether a task holds it. */
  public boolean isLocked() {
    return held != null;
  }

  boolean isOwner(LoopTask<?> task) {
    return held != null && owner == task;
  }

  private HeldPermit give(LoopTask<?> task) {
    HeldPermit permit = new HeldPermit(this);
    held = permit;
    owner = task;
    return permit;
  }

  @Override
  void release(HeldPermit permit) {
    if (permit == held) {
      releaseHeld();
    }
  }

  /** Releases the lock for the time of a condition's wait; the permit stays valid. */
  HeldPermit suspend() {
    HeldPermit permit = held;
    if (permit == null) {
      throw new IllegalStateException("the lock is not held");
    }
    releaseHeld();
    return permit;
  }

  private void releaseHeld() {
    held = null;
    owner = null;
    Acquire next = waiters.poll();
    if (next != null) {
      next.given();
    }
  }

  /** Gives the lock back to a task that has waited for a condition, as soon as it is free. */
  void resume(Acquire acquire) {
    if (held == null) {
      acquire.given();
    } else {
      waiters.add(acquire);
    }
  }

  @Override
  public String toString() {
    return "<Lock " + (held == null
        ? "free"
        : "held by task '" + (owner == null ? "" : owner.name()) + "', "
            + waiters.size() + " waiting")
        + ">";
  }

  /** Waits for the lock. */
  static class Acquire extends QueuedWait<Permit> {
    final TaskLock lock;

    Acquire(TaskLock lock) {
      this.lock = lock;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      lock.enter(task);
      if (lock.held == null) {
        return lock.give(task);
      }
      if (lock.owner == task) {
        throw new LoopStateException(
            "task '" + task.name() + "' holds this lock already and would wait for itself: a Lock is not reentrant");
      }
      lock.waiters.add(this);
      return PENDING;
    }

    /** Called when the lock is free and this is the first wait. */
    void given() {
      task().wake(lock.give(task()));
    }

    /** Takes the lock again with the permit that was held before. */
    final void retake(HeldPermit permit) {
      lock.held = permit;
      lock.owner = task();
    }

    @Override
    public String toString() {
      return "waiting for a lock" + (lock.owner == null ? "" : " held by task '" + lock.owner.name() + "'");
    }
  }
}
