package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.Condition;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.TaskHost;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Condition}: the tasks that wait for a signal in order. */
public final class ConditionQueue extends LoopBound {
  private final TaskLock lock;
  private final WaitQueue<@Nullable Void, SignalWait> waiters = new WaitQueue<>();

  /** A condition on what the given lock protects. */
  public ConditionQueue(TaskLock lock) {
    this.lock = lock;
  }

  /** See {@link Condition#await()}. */
  public Awaitable<@Nullable Void> await() {
    return new SignalWait(this);
  }

  /** See {@link Condition#signal(int)}. */
  public void signal(int count) {
    check("signal", TaskHost.require().currentTask());
    for (int i = 0; i < count; i++) {
      SignalWait next = waiters.poll();
      if (next == null) {
        return;
      }
      next.reacquire(null);
    }
  }

  private void check(String what, @Nullable LoopTask<?> task) {
    if (task == null || !lock.isOwner(task)) {
      throw new LoopStateException(
          what + " needs the condition's lock, which the task does not hold; put it inside"
              + " try (Permit held = a.await(lock.acquire())) { … }");
    }
  }

  @Override
  public String toString() {
    return "<Condition " + waiters.size() + " waiting>";
  }

  /** Waits for a signal, and then for the lock. */
  private static final class SignalWait extends QueuedWait<@Nullable Void> {
    private final ConditionQueue condition;
    private @Nullable HeldPermit permit;

    SignalWait(ConditionQueue condition) {
      this.condition = condition;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      claim(task);
      condition.enter(task);
      condition.check("await", task);
      permit = condition.lock.suspend();
      condition.waiters.add(this);
      return PENDING;
    }

    /** Queues for the lock; then the wait ends, with an exception if one is given. */
    void reacquire(@Nullable Cancelled signal) {
      HeldPermit before = permit;
      LoopTask<?> waiter = task();
      TaskLock.Acquire again = new TaskLock.Acquire(condition.lock) {
        @Override
        void given() {
          if (before != null) {
            retake(before);
          }
          if (signal != null) {
            waiter.failCancelled(signal);
          } else {
            waiter.wake(null);
          }
        }
      };
      again.claim(waiter);
      condition.lock.resume(again);
    }

    @Override
    protected boolean withdraw(LoopTask<?> waiter) {
      if (super.withdraw(waiter)) {
        reacquire(new Cancelled("a wait for a condition was cancelled"));
      }
      return false; // not before it has the lock
    }

    @Override
    public String toString() {
      return isQueued() ? "waiting for a condition" : "taking a condition's lock again";
    }
  }
}
