package dev.heddle.asyncio;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something a task can wait for that is no code: it is begun by the await, and wakes the task when it is done.
 *
 * @param <T> the type of its result
 */
abstract non-sealed class Operation<T extends @Nullable Object> implements Awaitable<T> {
  /** From {@link #begin}: the task has to wait. */
  static final Object PENDING = new Object();

  /**
   * Begins it for a task. It may throw, which is then thrown at the await.
   *
   * @return its result if the task need not wait, else PENDING; then {@link Task#wake} or {@link Task#fail} ends the wait
   */
  abstract @Nullable Object begin(Task<?> task) throws Exception;

  /**
   * The waiting task is cancelled.
   *
   * @return true if the operation is withdrawn and will not wake the task; false if it is done, or will get done, and wakes
   *     the task in any case: then its result is delivered, and the cancellation at the next await
   */
  abstract boolean withdraw(Task<?> task);

  /** Tasks without which it cannot get done. */
  Stream<Task<?>> needs() {
    return Stream.empty();
  }

  /** Whether it lasts until all that it needs have ended, whatever becomes of the task that waits, also if it is cancelled. */
  boolean isBinding() {
    return false;
  }

  /** Whether a binding wait can be given up, see {@link #breakOff}. */
  boolean canBreakOff() {
    return isBinding();
  }

  /** Gives up a binding wait, which could never end: the task is not to be woken any more. */
  void breakOff(Task<?> task) {
    throw new IllegalStateException("this wait cannot be broken off: " + this);
  }

  /** What a task does that waits for it, such as "sleeping". */
  @Override
  public abstract String toString();
}
