package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks that hold a lock wait until another one says that something has changed.
 *
 * <pre>{@code
 * try (Permit held = a.await(lock.acquire())) {
 *   while (items.isEmpty()) {
 *     a.await(notEmpty.await());
 *   }
 *   use(items.remove());
 * }
 * }</pre>
 *
 * <p>Waiting gives the lock back, and takes it again before the wait ends, also if it is cancelled. First come, first served. A
 * signal that has reached a task is never lost: if that task is cancelled, it still sees the signal, and the cancellation at its
 * next await.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Condition}; the names are those of {@link
 * java.util.concurrent.locks.Condition}, since {@code wait} and {@code notify} belong to {@code Object}.
 */
public final class Condition extends Confined {
  private final Lock lock;
  private final WaitList<Signal> waiters = new WaitList<>();

  /** A condition on what the given lock protects. */
  public Condition(Lock lock) {
    this.lock = Check.notNull(lock, "lock");
  }

  /**
   * Gives the lock back, waits for a signal, and takes the lock again.
   *
   * @return throws {@link LoopStateException} if the task does not hold the lock
   */
  public Awaitable<@Nullable Void> await() {
    return new Signal(this);
  }

  /** Waits until a predicate holds, which is asked now and after each signal, with the lock held. Origin: {@code wait_for}. */
  public Async<@Nullable Void> await(BooleanSupplier predicate) {
    Check.notNull(predicate, "predicate");
    return Async.action(
        Lookups.HERE,
        a -> {
          while (!predicate.getAsBoolean()) {
            a.await(await());
          }
        });
  }

  /**
   * Wakes the task that has waited longest, if there is one.
   *
   * @throws LoopStateException if the calling task does not hold the lock
   */
  public void signal() {
    signal(1);
  }

  /** Wakes the tasks that have waited longest, at the most the given number. Origin: {@code notify(n)}. */
  public void signal(int count) {
    Check.notNegative(count, "count", "0 wakes none");
    check("signal", EventLoop.current().currentTask());
    for (int i = 0; i < count; i++) {
      Signal next = waiters.poll();
      if (next == null) {
        return;
      }
      next.comeBack(null);
    }
  }

  /** Wakes all that wait. */
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  private void check(String what, @Nullable Task<?> task) {
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

  /** Waits for a signal. */
  private static final class Signal extends Waiting<@Nullable Void> {
    private final Condition condition;
    private @Nullable Permit permit;

    Signal(Condition condition) {
      this.condition = condition;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      claim(task);
      condition.enter(task.loop);
      condition.check("await", task);
      permit = condition.lock.suspend();
      condition.waiters.add(this);
      return PENDING;
    }

    /** Queues for the lock; then the wait ends, with an exception if one is given. */
    void comeBack(@Nullable Cancelled signal) {
      Permit before = permit;
      Task<?> waiter = task();
      Lock.Acquire again = new Lock.Acquire(condition.lock) {
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
    boolean withdraw(Task<?> waiter) {
      if (super.withdraw(waiter)) {
        comeBack(new Cancelled("a wait for a condition was cancelled"));
      }
      return false; // not before it has the lock
    }

    @Override
    public String toString() {
      return list == null ? "taking a condition's lock again" : "waiting for a condition";
    }
  }
}
