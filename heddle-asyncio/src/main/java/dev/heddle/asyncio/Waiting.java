package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** An operation that waits in a {@link WaitList} until another task ends the wait. */
abstract class Waiting<T extends @Nullable Object> extends Operation<T> {
  private @Nullable Task<?> task;

  // Of the list.
  @Nullable
  Waiting<?> previous;
  @Nullable
  Waiting<?> next;
  @Nullable
  WaitList<?> list;

  /** Takes it for one await. */
  final void claim(Task<?> waiter) {
    if (task != null) {
      throw new LoopStateException(
          "this operation was already awaited (" + this + "); call the method that makes it again for each await");
    }
    task = waiter;
  }

  final Task<?> task() {
    Task<?> waiter = task;
    if (waiter == null) {
      throw new IllegalStateException("nobody awaits this operation: " + this);
    }
    return waiter;
  }

  @Override
  boolean withdraw(Task<?> waiter) {
    if (list == null) {
      return false;
    }
    list.remove(this);
    return true;
  }
}
