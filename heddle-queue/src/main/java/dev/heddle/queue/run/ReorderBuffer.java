package dev.heddle.queue.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that hands outcomes on in the order of their items' numbers. Thread-safe.
 *
 * <p>An outcome whose turn has not come is kept, and its worker goes on; only a worker whose outcome is a whole window ahead
 * waits. The worker whose outcome is next in order hands it on, with all that are ready behind it, and without the lock:
 * if the queue is full, no other worker waits for it.
 */
final class ReorderBuffer {

  /** Receives the outcomes in order. */
  interface Delivery {
    void deliver(ItemOutcome outcome) throws InterruptedException;

    /** Called when a worker begins or ends to wait for the outcomes before its own. */
    void waits(boolean begins);

    /** Receives an outcome that will not be delivered. */
    void abandon(ItemOutcome outcome);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();
  private final @Nullable ItemOutcome[] kept;
  private final @Nullable ItemOutcome[] ready; // of the thread that delivers
  private long turn;
  private boolean delivering;

  ReorderBuffer(int window) {
    kept = new ItemOutcome[window];
    ready = new ItemOutcome[Math.max(1, window / 4)]; // few: those that wait for the window wait until all were handed on
  }

  /** Hands an outcome on, or keeps it until those before it were handed on; waits while it is a window ahead. */
  void submit(long number, ItemOutcome outcome, Delivery to) throws InterruptedException {
    lock.lock();
    try {
      awaitWindow(number, outcome, to);
      kept[slot(number)] = outcome;
      if (delivering) {
        return; // the thread that delivers finds it
      }
      delivering = true;
      try {
        deliverReady(to);
      } finally {
        delivering = false;
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitWindow(long number, ItemOutcome outcome, Delivery to) throws InterruptedException {
    try {
      if (number - turn >= kept.length) {
        to.waits(true);
        while (number - turn >= kept.length) {
          turned.await();
        }
        to.waits(false);
      }
    } catch (InterruptedException e) {
      to.abandon(outcome);
      throw e;
    }
  }

  private void deliverReady(Delivery to) throws InterruptedException {
    for (int count = takeReady(); count > 0; count = takeReady()) {
      lock.unlock();
      try {
        deliverAll(count, to);
      } finally {
        lock.lock();
      }
      turn += count;
      turned.signalAll();
    }
  }

  /** Takes the outcomes that are next in order; returns how many. */
  private int takeReady() {
    int count = 0;
    for (ItemOutcome next = kept[slot(turn)]; next != null && count < ready.length; next = kept[slot(turn + count)]) {
      kept[slot(turn + count)] = null;
      ready[count++] = next;
    }
    return count;
  }

  /** Delivers the outcomes that were taken; without the lock. */
  private void deliverAll(int count, Delivery to) throws InterruptedException {
    int done = 0;
    try {
      while (done < count) {
        to.deliver(Objects.requireNonNull(ready[done++]));
      }
    } finally {
      for (; done < count; done++) {
        to.abandon(Objects.requireNonNull(ready[done]));
      }
      Arrays.fill(ready, 0, count, null);
    }
  }

  private int slot(long number) {
    return (int) (number % kept.length);
  }

  /** Abandons the outcomes that are kept, in order, when no worker is left. */
  void drain(Delivery to) {
    List<ItemOutcome> left = new ArrayList<>();
    lock.lock();
    try {
      for (int i = 0; i < kept.length; i++) {
        int slot = slot(turn + i);
        ItemOutcome outcome = kept[slot];
        if (outcome != null) {
          kept[slot] = null;
          left.add(outcome);
        }
      }
    } finally {
      lock.unlock();
    }
    left.forEach(to::abandon);
  }
}
