package dev.heddle.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands outcomes on in the order of their items' numbers, whatever order they come in.
 *
 * <p>An outcome whose turn has not come is kept, and its worker goes on; only one that is a whole window ahead has to wait.
 * Whoever brings the outcome whose turn it is hands on all that are ready behind it, without the lock, so that nobody waits
 * for a full queue but him.
 */
final class Reorder {

  /** Where outcomes go. */
  interface Delivery {
    void deliver(Outcome outcome) throws InterruptedException;

    /** Takes what will never be delivered. */
    void abandon(Outcome outcome);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();
  private final @Nullable Outcome[] kept;
  private long turn;
  private boolean delivering;

  Reorder(int window) {
    kept = new Outcome[window];
  }

  /** Hands an outcome on, or keeps it for whoever has its turn before; waits while it is too far ahead. */
  void submit(long number, Outcome outcome, Delivery to) throws InterruptedException {
    lock.lock();
    try {
      awaitWindow(number, outcome, to);
      kept[slot(number)] = outcome;
      if (delivering) {
        return; // whoever delivers now will find it
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

  private void awaitWindow(long number, Outcome outcome, Delivery to) throws InterruptedException {
    try {
      while (number - turn >= kept.length) {
        turned.await();
      }
    } catch (InterruptedException e) {
      to.abandon(outcome);
      throw e;
    }
  }

  private void deliverReady(Delivery to) throws InterruptedException {
    for (Outcome next = kept[slot(turn)]; next != null; next = kept[slot(turn)]) {
      kept[slot(turn)] = null;
      lock.unlock();
      try {
        to.deliver(next);
      } finally {
        lock.lock();
      }
      turn++;
      turned.signalAll();
    }
  }

  private int slot(long number) {
    return (int) (number % kept.length);
  }

  /** Gives up what is kept, in order, when no worker is left. */
  void drain(Delivery to) {
    List<Outcome> left = new ArrayList<>();
    lock.lock();
    try {
      for (int i = 0; i < kept.length; i++) {
        int slot = slot(turn + i);
        Outcome outcome = kept[slot];
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
