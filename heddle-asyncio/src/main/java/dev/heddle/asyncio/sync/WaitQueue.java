package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.task.LinkedNodes;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for the same thing, first in, first out.
 *
 * @param <T> the type of their results
 * @param <W> the kind of operation
 */
final class WaitQueue<T extends @Nullable Object, W extends QueuedWait<T>> {
  private final LinkedNodes<QueuedWait<T>> waits = new LinkedNodes<>();

  int size() {
    return waits.size();
  }

  void add(W wait) {
    wait.setQueue(this);
    waits.add(wait);
  }

  void remove(QueuedWait<T> wait) {
    wait.setQueue(null);
    waits.remove(wait);
  }

  /** Removes and returns the first; null if there is none. */
  @SuppressWarnings("unchecked") // only W are added
  @Nullable
  W poll() {
    QueuedWait<T> first = waits.poll();
    if (first != null) {
      first.setQueue(null);
    }
    return (W) first;
  }
}
