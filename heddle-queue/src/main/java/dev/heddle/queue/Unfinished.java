package dev.heddle.queue;

import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many items of a queue were put and are not done, and who waits for that to be none. The queue's lock guards it. */
final class Unfinished {
  private final Condition none;
  private long count;

  Unfinished(Condition none) {
    this.none = none;
  }

  void put() {
    count++;
  }

  /** So many were removed, and nobody will work on them. */
  void removed(int items) {
    count -= items;
  }

  /** One was taken and worked on, while so many are still in the queue. */
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
   * Waits until there are none; false if the time is over.
   *
   * @param error why nobody may be left to work on them; null if there is no reason
   */
  boolean awaitNone(long nanos, Supplier<@Nullable Throwable> error) throws InterruptedException {
    long left = nanos;
    while (count > 0) {
      Throwable broken = error.get();
      if (broken != null) {
        throw QueueClosedException.toJoiner(count, broken);
      }
      if (left <= 0) {
        return false;
      }
      left = QueueLock.awaitLong(none, left, "waiting for the items of a queue to be done");
    }
    return true;
  }
}
