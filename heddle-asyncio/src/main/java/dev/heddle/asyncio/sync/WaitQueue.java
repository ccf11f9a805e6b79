package dev.heddle.asyncio.sync;

import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for the same thing, first in, first out.
 *
 * <p>A list through its elements, as {@link dev.heddle.asyncio.task.LinkedNodes}, but with fields in place of the calls of an
 * interface: the row "queue(1)" of {@code ./heddle bench asyncio} measures it.
 *
 * @param <T> the type of their results
 * @param <W> the kind of operation
 */
final class WaitQueue<T extends @Nullable Object, W extends QueuedWait<T>> {
  private @Nullable QueuedWait<T> first;
  private @Nullable QueuedWait<T> last;
  private int size;

  int size() {
    return size;
  }

  void add(W wait) {
    QueuedWait<T> before = last;
    wait.list = this;
    wait.previous = before;
    if (before == null) {
      first = wait;
    } else {
      before.next = wait;
    }
    last = wait;
    size++;
  }

  void remove(QueuedWait<T> wait) {
    QueuedWait<T> before = wait.previous;
    QueuedWait<T> after = wait.next;
    wait.previous = null;
    wait.next = null;
    wait.list = null;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    size--;
  }

  /** Removes and returns the first; null if there is none. */
  @SuppressWarnings("unchecked") // only W are added
  @Nullable
  W poll() {
    QueuedWait<T> head = first;
    if (head != null) {
      remove(head);
    }
    return (W) head;
  }
}
