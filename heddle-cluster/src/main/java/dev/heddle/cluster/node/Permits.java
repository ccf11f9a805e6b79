package dev.heddle.cluster.node;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slots of a node. Drivers take turns when slots are scarce, one task each; a task that needs several slots is not overtaken
 * by others once it is its turn. Thread-safe.
 */
final class Permits {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allFree = lock.newCondition();
  private final int total;
  private final Map<UUID, ArrayDeque<Waiter>> waiting = new LinkedHashMap<>(); // the driver whose turn it is first
  private int free;
  private int waiters;

  private final class Waiter {
    final int count;
    final Condition granted = lock.newCondition();
    boolean has;

    Waiter(int count) {
      this.count = count;
    }
  }

  Permits(int total) {
    this.total = total;
    this.free = total;
  }

  /** Waits for slots; those of one driver come in order. */
  void acquire(UUID driver, int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (waiters == 0 && count <= free) {
        free -= count;
        return;
      }
      Waiter waiter = new Waiter(count);
      waiting.computeIfAbsent(driver, _ -> new ArrayDeque<>()).add(waiter);
      waiters++;
      grant();
      try {
        while (!waiter.has) {
          waiter.granted.await();
        }
      } catch (InterruptedException e) {
        giveUp(driver, waiter);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(UUID driver, Waiter waiter) {
    if (waiter.has) {
      free += waiter.count;
    } else {
      ArrayDeque<Waiter> queue = waiting.get(driver);
      if (queue != null && queue.remove(waiter)) {
        waiters--;
        if (queue.isEmpty()) {
          waiting.remove(driver);
        }
      }
    }
    grant();
  }

  /** Gives slots back. */
  void release(int count) {
    lock.lock();
    try {
      free += count;
      grant();
      if (free == total && waiters == 0) {
        allFree.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void grant() {
    while (!waiting.isEmpty()) {
      Map.Entry<UUID, ArrayDeque<Waiter>> turn = waiting.entrySet().iterator().next();
      ArrayDeque<Waiter> queue = turn.getValue();
      Waiter first = queue.element();
      if (first.count > free) {
        return;
      }
      queue.remove();
      waiters--;
      free -= first.count;
      first.has = true;
      first.granted.signal();
      waiting.remove(turn.getKey());
      if (!queue.isEmpty()) {
        waiting.put(turn.getKey(), queue); // at the end
      }
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiters;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all slots are free and no task waits for one. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (free < total || waiters > 0) {
        if (left <= 0) {
          return false;
        }
        left = allFree.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
