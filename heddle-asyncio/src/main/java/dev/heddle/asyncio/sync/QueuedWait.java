package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LinkedNodes;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import org.jspecify.annotations.Nullable;

/** An operation that waits in a list of its kind until another task ends the wait. */
abstract class QueuedWait<T extends @Nullable Object> extends Operation<T> implements LinkedNodes.Node<QueuedWait<T>> {
  private @Nullable LoopTask<?> task;
  private @Nullable QueuedWait<T> previous;
  private @Nullable QueuedWait<T> next;

  /** The list in which it waits; null before and after. */
  private @Nullable WaitQueue<T, ?> queue;

  /** Takes it for one await. */
  final void claim(LoopTask<?> waiter) {
    if (task != null) {
      throw new LoopStateException(
          "this operation was already awaited (" + this + "); call the method that makes it again for each await");
    }
    task = waiter;
  }

  final LoopTask<?> task() {
    LoopTask<?> waiter = task;
    if (waiter == null) {
      throw new IllegalStateException("no task awaits this operation: " + this);
    }
    return waiter;
  }

  final boolean isQueued() {
    return queue != null;
  }

  final void setQueue(@Nullable WaitQueue<T, ?> waits) {
    queue = waits;
  }

  @Override
  protected boolean withdraw(LoopTask<?> waiter) {
    WaitQueue<T, ?> waits = queue;
    if (waits == null) {
      return false;
    }
    waits.remove(this);
    return true;
  }

  @Override
  public final @Nullable QueuedWait<T> previous() {
    return previous;
  }

  @Override
  public final @Nullable QueuedWait<T> next() {
    return next;
  }

  @Override
  public final void link(@Nullable QueuedWait<T> previous, @Nullable QueuedWait<T> next) {
    this.previous = previous;
    this.next = next;
  }
}
