package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An awaitable that is not a coroutine: the await begins it, and it wakes the task when it is done.
 *
 * @param <T> the type of its result
 */
public abstract non-sealed class Operation<T extends @Nullable Object> implements Awaitable<T> {
  /** From {@link #begin}: the task has to wait. */
  public static final Object PENDING = new Object();

  /** An operation that was not begun. */
  protected Operation() {}

  /**
   * Begins it for a task. What it throws is thrown at the await.
   *
   * @return its result if the task need not wait, else PENDING; then {@link LoopTask#wake} or {@link LoopTask#fail} ends the
   *     wait
   */
  protected abstract @Nullable Object begin(LoopTask<?> task) throws Exception;

  /**
   * Called when the waiting task is cancelled.
   *
   * @return true if the operation is withdrawn and will not wake the task; false if it is done, or will complete, and wakes
   *     the task in any case: then its result is delivered, and the cancellation at the next await
   */
  protected abstract boolean withdraw(LoopTask<?> task);

  /** Tasks whose end it needs. */
  protected Stream<LoopTask<?>> needs() {
    return Stream.empty();
  }

  /** Whether it lasts until the tasks that it needs have ended, even if the waiting task is cancelled. */
  protected boolean isBinding() {
    return false;
  }

  /** Whether a binding wait can be ended by {@link #breakOff}. */
  protected boolean canBreakOff() {
    return isBinding();
  }

  /** Ends a binding wait that can never complete: it must not wake the task any more. */
  protected void breakOff(LoopTask<?> task) {
    throw new IllegalStateException("this wait cannot be broken off: " + this);
  }

  /** Describes the wait for a developer, such as "sleeping". */
  @Override
  public abstract String toString();
}
