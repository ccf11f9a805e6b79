package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The operations that wait at one place, first come, first served: a linked list through the operations themselves. */
final class WaitList<W extends Waiting<?>> {
  private @Nullable Waiting<?> first;
  private @Nullable Waiting<?> last;
  private int size;

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }

  void add(W waiting) {
    Waiting<?> before = last;
    waiting.previous = before;
    waiting.list = this;
    if (before == null) {
      first = waiting;
    } else {
      before.next = waiting;
    }
    last = waiting;
    size++;
  }

  void remove(Waiting<?> waiting) {
    Waiting<?> before = waiting.previous;
    Waiting<?> after = waiting.next;
    waiting.previous = null;
    waiting.next = null;
    waiting.list = null;
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

  /** Takes the first out; null if there is none. */
  @SuppressWarnings("unchecked") // only W are added
  @Nullable
  W poll() {
    Waiting<?> head = first;
    if (head != null) {
      remove(head);
    }
    return (W) head;
  }
}
