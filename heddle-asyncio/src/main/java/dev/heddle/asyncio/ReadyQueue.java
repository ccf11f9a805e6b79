package dev.heddle.asyncio;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a loop runs next: tasks and callbacks, first in, first out, in a ring. */
final class ReadyQueue {
  private @Nullable Object[] ring = new @Nullable Object[64];
  private int head;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Object item) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size++) & (ring.length - 1)] = item;
  }

  /** Takes the first; there must be one. */
  Object poll() {
    Object first = ring[head];
    if (first == null) {
      throw new IllegalStateException("the ready queue is empty");
    }
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    return first;
  }

  /** Puts the tasks among the first few into a random order; callbacks keep their places. */
  void shuffle(int count, RandomGenerator random) {
    for (int i = count - 1; i > 0; i--) {
      int one = (head + i) & (ring.length - 1);
      int other = (head + random.nextInt(i + 1)) & (ring.length - 1);
      if (ring[one] instanceof Task<?> && ring[other] instanceof Task<?>) {
        Object moved = ring[one];
        ring[one] = ring[other];
        ring[other] = moved;
      }
    }
  }

  private void grow() {
    @Nullable
    Object[] bigger = new @Nullable Object[ring.length * 2];
    for (int i = 0; i < size; i++) {
      bigger[i] = ring[(head + i) & (ring.length - 1)];
    }
    ring = bigger;
    head = 0;
  }
}
