package dev.heddle.queue.blocking;

import dev.heddle.base.ClosedEarly;
import dev.heddle.iter.Iter;
import dev.heddle.queue.QueueInterruptedException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that takes items until the queue is closed and empty, and marks each as done when the next one is requested.
 */
final class QueueIter<T> implements Iter<T> {
  private final LockedQueue<T> queue;
  private @Nullable T ahead;
  private boolean inHand;
  private boolean ended;

  /** Closed before its end. */
  private boolean cut;

  QueueIter(LockedQueue<T> queue) {
    this.queue = queue;
  }

  @Override
  public boolean hasNext() {
    if (ahead != null) {
      return true;
    }
    done();
    if (cut) {
      throw ClosedEarly.error("this Iter over a queue");
    }
    if (ended) {
      return false;
    }
    try {
      ahead = queue.remove(LockedQueue.FOREVER, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueueInterruptedException("the next item of a queue", e);
    }
    if (ahead != null) {
      return true;
    }
    ended = true;
    Throwable error = queue.error();
    if (error != null) {
      throw ClosedQueue.toTaker(error);
    }
    return false;
  }

  @Override
  public T next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException("the queue was closed and is empty; ask hasNext() first");
    }
    T item = ahead;
    ahead = null;
    inHand = true;
    return item;
  }

  private void done() {
    if (inHand) {
      inHand = false;
      queue.taskDone();
    }
  }

  @Override
  public void close() {
    cut = !ended;
    done();
    T unseen = ahead;
    if (unseen != null) {
      ahead = null;
      queue.giveBack(unseen);
    }
  }

  @Override
  public String toString() {
    return "Iter over " + queue;
  }
}
