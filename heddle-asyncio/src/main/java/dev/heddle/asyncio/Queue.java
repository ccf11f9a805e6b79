package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.LoopQueue;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A queue between tasks, first in, first out unless it is made otherwise; putting waits while it is full, getting while it
 * is empty.
 *
 * <p>Waiting tasks are served in order. No item is lost: one that is handed to a task which is cancelled at that moment is
 * delivered, and the cancellation comes at that task's next await; a put that is cancelled has not put.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.Queue}, with {@code shutdown} of Python 3.13.
 *
 * @param <T> the type of the items, which are never null
 */
public sealed interface Queue<T> permits LoopQueue {

  /** Returns a queue that holds at most the given number of items; at least 1. */
  static <T> Queue<T> of(int capacity) {
    return LoopQueue.fifo(capacity);
  }

  /** Returns a queue that is never full. */
  static <T> Queue<T> unbounded() {
    return LoopQueue.fifo(Integer.MAX_VALUE);
  }

  /** Returns a queue whose latest item is got first. Origin: {@code asyncio.LifoQueue}. */
  static <T> Queue<T> lifo(int capacity) {
    return LoopQueue.lifo(capacity);
  }

  /**
   * Returns a queue whose least item is got first; of equal ones, the one that was put in first. Origin: {@code
   * asyncio.PriorityQueue}.
   */
  static <T> Queue<T> priority(int capacity, Comparator<? super T> comparator) {
    return LoopQueue.priority(capacity, comparator);
  }

  /**
   * Waits until the queue is not full, and puts an item in.
   *
   * @return throws {@link QueueShutDownException} if the queue is shut down
   */
  Awaitable<@Nullable Void> put(T item);

  /**
   * Puts an item in unless the queue is full; does not wait.
   *
   * @return whether it was put in
   * @throws QueueShutDownException if the queue is shut down
   */
  boolean tryPut(T item);

  /**
   * Waits for an item and removes it.
   *
   * @return throws {@link QueueShutDownException} if the queue is shut down and empty
   */
  Awaitable<T> get();

  /**
   * Removes an item if there is one; does not wait.
   *
   * @return null if the queue is empty
   * @throws QueueShutDownException if the queue is shut down and empty
   */
  @Nullable
  T tryGet();

  /** Waits until {@link #taskDone} was called for each item that was put in. */
  Awaitable<@Nullable Void> join();

  /**
   * Says that the work on an item that was removed is done.
   *
   * @throws LoopStateException if it is called more often than items were put in
   */
  void taskDone();

  /** Refuses further items; those in it can still be got. Tasks that wait to put or to get fail. Idempotent. */
  void shutdown();

  /** Shuts down, and drops the items in it, which count as done. Origin: {@code shutdown(immediate=True)}. */
  void shutdownNow();

  /** Returns the number of items in it. */
  int size();

  /** Returns the largest number of items. */
  int capacity();

  /** Whether a put would wait. */
  boolean isFull();

  /** Whether it was shut down. */
  boolean isShutDown();
}
