package dev.heddle.queue.blocking;

import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the items of a queue that were put and are not done, and lets threads wait for zero. Guarded by the queue's lock.
 */
final class UnfinishedItems {
  private final Condition none;
  private long count;

  UnfinishedItems(Condition none) {
    this.none = none;
  }

  void put() {
    count++;
  }

  /** Counts items that were removed and will not be processed. */
  void removed(int items) {
    count -= items;
  }

  /** Counts an item as done; {@code queued} items are still in the queue. */
  void done(int queued) {
    if (count == queued) {
      throw new IllegalStateException(
          "taskDone() was called more often than items were taken; call it once for each item taken, and not at all when"
              + " iterating, which does it by itself");
    }
    count--;
    if (count == 0) {
      none.signalAll();
    }
  }

  long count() {
    return count;
  }

  /**
   * Waits for zero; returns false if the time runs out.
   *
   * @param error the error that the queue was closed with, so that the items may never be done; null if there is none
   */
  boolean awaitNone(long nanos, Supplier<@Nullable Throwable> error) throws InterruptedException {
    long left = nanos;
    while (count > 0) {
      Throwable broken = error.get();
      if (broken != null) {
        throw ClosedQueue.toJoiner(count, broken);
      }
      if (left <= 0) {
        return false;
      }
      left = QueueLock.awaitLong(none, left, "waiting for the items of a queue to be done");
    }
    return true;
  }
}
