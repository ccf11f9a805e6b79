package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.TaskLock;
import dev.heddle.futures.Permit;

/**
 * A mutual exclusion lock for tasks: between {@code acquire} and the closing of its permit, also across awaits, no other
 * task has it.
 *
 * <p>First come, first served: a lock that is released belongs at once to the task that has waited longest. A task that is
 * cancelled while it waits leaves the queue; a task that has been given the lock already gets it, and the cancellation at
 * its next await. Not reentrant.
 *
 * <p>Confined to the loop's thread; between two awaits nothing else runs, so short sections need no lock. Origin: {@code
 * asyncio.Lock}.
 */
public final class Lock {
  final TaskLock state = new TaskLock();

  /** A free lock. */
  public Lock() {}

  /**
   * Waits until the lock is free and takes it.
   *
   * @return throws {@link LoopStateException} if the task has it already and would wait for itself
   */
  public Awaitable<Permit> acquire() {
    return state.acquire();
  }

  /** Whether a task holds it. */
  public boolean isLocked() {
    return state.isLocked();
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
