package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A mutual exclusion lock for tasks: between {@code acquire} and the closing of its permit, also across awaits, nobody else has
 * it.
 *
 * <p>First come, first served: a lock that is released belongs at once to the task that has waited longest. A task that is
 * cancelled while it waits leaves the queue; one that has been given the lock already gets it, and the cancellation at its next
 * await. Not reentrant.
 *
 * <p>Confined to the loop's thread; between two awaits nothing else runs, so short sections need no lock. Origin: {@code
 * asyncio.Lock}.
 */
public final class Lock extends Permit.Releasing {
  private final WaitList<Acquire> waiters = new WaitList<>();
  private @Nullable Permit held;
  private @Nullable Task<?> owner;

  /** A lock that nobody has. */
  public Lock() {}

  /**
   * Waits until the lock is free and takes it.
   *
   * @return throws {@link LoopStateException} if the task has it already and would wait for itself
   */
  public Awaitable<Permit> acquire() {
    return new Acquire(this);
  }

  /** Whether somebody has it. */
  public boolean isLocked() {
    return held != null;
  }

  boolean isOwner(Task<?> task) {
    return held != null && owner == task;
  }

  private Permit give(Task<?> task) {
    Permit permit = new Permit(this);
    held = permit;
    owner = task;
    return permit;
  }

  @Override
  void release(Permit permit) {
    if (permit == held) {
      releaseHeld();
    }
  }

  /** Takes the lock from its owner for the time of a condition's wait; the permit stays valid. */
  Permit suspend() {
    Permit permit = held;
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
  static class Acquire extends Waiting<Permit> {
    final Lock lock;

    Acquire(Lock lock) {
      this.lock = lock;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      lock.enter(task.loop);
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

    /** The lock is free, and this one is next. */
    void given() {
      task().wake(lock.give(task()));
    }

    /** Takes the lock again with the permit that was held before. */
    final void retake(Permit permit) {
      lock.held = permit;
      lock.owner = task();
    }

    @Override
    public String toString() {
      return "waiting for a lock" + (lock.owner == null ? "" : " held by task '" + lock.owner.name() + "'");
    }
  }
}
