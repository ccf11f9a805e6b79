package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.ConditionQueue;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.base.Check;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A condition variable: tasks that hold a lock wait until another task signals a change.
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
 * <p>Waiting releases the lock, and takes it again before the wait ends, also if it is cancelled. First come, first served.
 * A signal that has reached a task is never lost: if that task is cancelled, it still gets the signal, and the cancellation
 * at its next await.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Condition}; the names are those of {@link
 * java.util.concurrent.locks.Condition}, since {@code wait} and {@code notify} belong to {@code Object}.
 */
public final class Condition {
  private final ConditionQueue state;

  /** A condition on what the given lock protects. */
  public Condition(Lock lock) {
    state = new ConditionQueue(Check.notNull(lock, "lock").state);
  }

  /**
   * Releases the lock, waits for a signal, and takes the lock again.
   *
   * @return throws {@link LoopStateException} if the task does not hold the lock
   */
  public Awaitable<@Nullable Void> await() {
    return state.await();
  }

  /** Waits until a predicate holds; it is tested now and after each signal, with the lock held. Origin: {@code wait_for}. */
  public Async<@Nullable Void> await(BooleanSupplier predicate) {
    Check.notNull(predicate, "predicate");
    return Async.action(
        OwnLookup.HERE,
        a -> {
          a.await(CompletedOperation.checkpoint());
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

  /** Wakes the tasks that have waited longest, at most the given number. Origin: {@code notify(n)}. */
  public void signal(int count) {
    state.signal(Check.notNegative(count, "count", "0 wakes none"));
  }

  /** Wakes all waiting tasks. */
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
