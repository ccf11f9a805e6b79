package dev.heddle.asyncio.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue of timers by deadline; timers with the same deadline are in the order in which they were added.
 *
 * <p>A heap of degree 4 in an array. Each timer stores its index, so that removing one needs no search.
 */
final class TimerHeap {
  private static final int DEGREE = 4;

  private @Nullable Timer[] heap = new @Nullable Timer[16];
  private int size;
  private long sequence;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Returns the earliest deadline; the heap must not be empty. */
  long nextDeadline() {
    return at(0).deadline;
  }

  void add(Timer timer, long deadline) {
    timer.deadline = deadline;
    timer.sequence = sequence++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + (size >> 1));
    }
    up(size++, timer);
  }

  /** Removes the earliest timer; the heap must not be empty. */
  Timer poll() {
    Timer first = at(0);
    remove(first);
    return first;
  }

  /** Removes a timer; does nothing if it is not in the heap. */
  void remove(Timer timer) {
    int hole = timer.index;
    if (hole < 0) {
      return;
    }
    timer.index = -1;
    Timer last = at(--size);
    heap[size] = null;
    if (hole == size) {
      return;
    }
    if (hole > 0 && isBefore(last, at((hole - 1) / DEGREE))) {
      up(hole, last);
    } else {
      down(hole, last);
    }
  }

  private void up(int hole, Timer timer) {
    int at = hole;
    while (at > 0) {
      int parent = (at - 1) / DEGREE;
      Timer above = at(parent);
      if (!isBefore(timer, above)) {
        break;
      }
      put(at, above);
      at = parent;
    }
    put(at, timer);
  }

  private void down(int hole, Timer timer) {
    int at = hole;
    while (true) {
      int first = at * DEGREE + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      for (int child = first + 1; child < Math.min(first + DEGREE, size); child++) {
        if (isBefore(at(child), at(least))) {
          least = child;
        }
      }
      Timer below = at(least);
      if (!isBefore(below, timer)) {
        break;
      }
      put(at, below);
      at = least;
    }
    put(at, timer);
  }

  private void put(int at, Timer timer) {
    heap[at] = timer;
    timer.index = at;
  }

  private Timer at(int index) {
    Timer timer = heap[index];
    if (timer == null) {
      throw new IllegalStateException("no timer at " + index + " of " + size);
    }
    return timer;
  }

  /** Compares by difference, since the clock may overflow. */
  private static boolean isBefore(Timer one, Timer other) {
    long difference = one.deadline - other.deadline;
    return difference < 0 || (difference == 0 && one.sequence < other.sequence);
  }
}
