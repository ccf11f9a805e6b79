package dev.heddle.asyncio.loop;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The steps and callbacks that a loop runs next: a FIFO queue in a ring buffer. */
final class ReadyQueue {
  /** A ring that is longer is halved each time that the queue gets empty. */
  private static final int KEPT = 4_096;

  private @Nullable Object[] ring = new @Nullable Object[64];
  private int head;
  private int size;

  int size() {
    return size;
  }

  /** How many entries it has memory for. */
  int capacity() {
    return ring.length;
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

  /** Removes the first; the queue must not be empty. */
  Object poll() {
    Object first = ring[head];
    if (first == null) {
      throw new IllegalStateException("the ready queue is empty");
    }
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    if (size == 0 && ring.length > KEPT) {
      ring = new @Nullable Object[ring.length / 2]; // a start of very many tasks does not keep its memory
      head = 0;
    }
    return first;
  }

  /** Puts the steps among the first {@code count} entries into a random order; callbacks keep their positions. */
  void shuffle(int count, RandomGenerator random) {
    for (int i = count - 1; i > 0; i--) {
      int one = (head + i) & (ring.length - 1);
      int other = (head + random.nextInt(i + 1)) & (ring.length - 1);
      if (ring[one] instanceof Resumable && ring[other] instanceof Resumable) {
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
