package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import org.jspecify.annotations.Nullable;

/** An operation that waits in a list of its kind until another task ends the wait. */
abstract class QueuedWait<T extends @Nullable Object> extends Operation<T> {
  private @Nullable LoopTask<?> task;
  // The place in the list: fields that the list writes itself, since items pass through it in a few nanoseconds.
  @Nullable
  QueuedWait<T> previous;
  @Nullable
  QueuedWait<T> next;

  /** The list in which it waits; null before and after. */
  @Nullable
  WaitQueue<T, ?> list;

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
    return list != null;
  }

  @Override
  protected boolean withdraw(LoopTask<?> waiter) {
    WaitQueue<T, ?> waits = list;
    if (waits == null) {
      return false;
    }
    waits.remove(this);
    return true;
  }
}
