package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import dev.heddle.queue.blocking.Heap;
import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue between threads that can be closed: takers then get the remaining items, and after them the end.
 *
 * <pre>{@code
 * ClosableQueue<Url> urls = ClosableQueue.fifo(64);
 * Thread worker = Thread.startVirtualThread(() -> urls.forEach(Shop::download)); // until closed
 * for (Url url : list) {
 *   urls.put(url);                                                               // waits while it is full
 * }
 * urls.close();
 * urls.join();                                                                   // until all were processed
 * }</pre>
 *
 * <p><b>Thread-safe</b>, for any number of putters and takers on virtual or platform threads. {@link #put}, {@link #take},
 * {@link #join()}, their forms with a time-out and iteration wait; nothing else does. Interrupting a waiting thread ends its
 * wait and loses no item: an item is either put or not, taken or not. Actions before putting an item happen-before actions
 * after taking it; likewise {@code taskDone} and the return of {@code join}, and closing and its observation. There is no
 * promise of fairness among waiting threads.
 *
 * <p>A task of an executor that waits here keeps its worker. On a thread that must not block, such as that of an event loop,
 * a method that would have to wait throws {@link IllegalStateException}.
 *
 * <p>Origin: Python's {@code queue.Queue}, {@code LifoQueue} and {@code PriorityQueue} with {@code shutdown} (3.13), with
 * the method names of {@link java.util.concurrent.BlockingQueue}. Two things are stricter here: a bound of 0 or less is an
 * error, and an item must be taken before {@code taskDone} counts it.
 *
 * @param <T> the type of the items, which are never null
 */
public sealed interface ClosableQueue<T> extends Iterable<T>, AutoCloseable permits LockedQueue {

  /** Returns an unbounded queue, first in, first out. */
  static <T> ClosableQueue<T> fifo() {
    return new LockedQueue<>(new Store.Fifo<>(), Integer.MAX_VALUE);
  }

  /**
   * Returns a bounded queue, first in, first out.
   *
   * @param capacity the greatest number of items it holds, at least 1
   */
  static <T> ClosableQueue<T> fifo(int capacity) {
    return new LockedQueue<>(new Store.Fifo<>(), checked(capacity, "fifo()"));
  }

  /** Returns an unbounded queue, last in, first out. */
  static <T> ClosableQueue<T> lifo() {
    return new LockedQueue<>(new Store.Lifo<>(), Integer.MAX_VALUE);
  }

  /**
   * Returns a bounded queue, last in, first out.
   *
   * @param capacity the greatest number of items it holds, at least 1
   */
  static <T> ClosableQueue<T> lifo(int capacity) {
    return new LockedQueue<>(new Store.Lifo<>(), checked(capacity, "lifo()"));
  }

  /** Returns an unbounded queue whose smallest item is taken first, equal items in the order in which they were put. */
  static <T> ClosableQueue<T> priority(Comparator<? super T> order) {
    return new LockedQueue<>(new Heap<>(Check.notNull(order, "order")), Integer.MAX_VALUE);
  }

  /**
   * Returns a bounded queue whose smallest item is taken first, equal items in the order in which they were put.
   *
   * @param capacity the greatest number of items it holds, at least 1
   * @param order is called under the lock of the queue, so it must be quick; what it throws is thrown by the put or the
   *     take, which leaves the queue unchanged
   */
  static <T> ClosableQueue<T> priority(int capacity, Comparator<? super T> order) {
    return new LockedQueue<>(new Heap<>(Check.notNull(order, "order")), checked(capacity, "priority(order)"));
  }

  private static int checked(int capacity, String unbounded) {
    return Check.positive(capacity, "capacity", "for a queue without a bound use " + unbounded);
  }

  /**
   * Puts an item, as soon as there is space.
   *
   * @throws QueueClosedException if the queue is closed, now or while this waits; the item was not put then
   * @throws InterruptedException if the calling thread is interrupted; the item was not put then
   */
  void put(T item) throws InterruptedException;

  /**
   * Puts an item if there is space now.
   *
   * @return false if there is none
   * @throws QueueClosedException if the queue is closed
   */
  boolean offer(T item);

  /**
   * Puts an item, if there is space within a time.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @return false if there was none
   * @throws QueueClosedException if the queue is closed, now or while this waits; the item was not put then
   * @throws InterruptedException if the calling thread is interrupted; the item was not put then
   * @throws IllegalArgumentException if the time-out is negative
   */
  boolean offer(T item, Duration timeout) throws InterruptedException;

  /**
   * Takes the next item, as soon as there is one.
   *
   * @throws QueueClosedException if the queue is closed and empty, now or while this waits; its cause is the error it was
   *     closed with
   * @throws InterruptedException if the calling thread is interrupted; no item was taken then
   */
  T take() throws InterruptedException;

  /**
   * Takes the next item if there is one now.
   *
   * @return null if there is none
   * @throws QueueClosedException if the queue is closed and empty
   */
  @Nullable
  T poll();

  /**
   * Takes the next item, if there is one within a time.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @return null if there was none
   * @throws QueueClosedException if the queue is closed and empty, now or while this waits
   * @throws InterruptedException if the calling thread is interrupted; no item was taken then
   * @throws IllegalArgumentException if the time-out is negative
   */
  @Nullable
  T poll(Duration timeout) throws InterruptedException;

  /**
   * Takes item after item until the queue is closed and empty.
   *
   * <p>An item counts as {@linkplain #taskDone() done} when the next one is asked for, and when the iteration is closed.
   * Leave a loop early only within try-with-resources, or by {@link #forEach}, or else the last item never counts as
   * done. Closing puts an item back that {@code hasNext} has fetched and {@code next} has not handed out.
   *
   * <p>Any number of iterations may run at once; each item appears in one of them.
   *
   * @return a single-use iterator, for one thread at a time; it waits, throws {@link QueueClosedException} at the end of a
   *     queue that was closed with an error, and {@link QueueInterruptedException} if its thread is interrupted
   */
  @Override
  Iter<T> iterator();

  /**
   * Calls an action with item after item until the queue is closed and empty; each counts as done, also if the action
   * throws.
   */
  @Override
  void forEach(Consumer<? super T> action);

  /**
   * Counts an item that was taken as processed. Iterating does it by itself.
   *
   * @throws IllegalStateException if it is called more often than items were taken
   */
  void taskDone();

  /**
   * Waits until every item that was put has been taken and processed, as counted by {@link #taskDone}.
   *
   * @throws QueueClosedException if the queue is closed with an error, for the items may never be processed then
   * @throws InterruptedException if the calling thread is interrupted
   */
  void join() throws InterruptedException;

  /**
   * Waits until every item that was put has been taken and processed, at most for a time.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @return whether all are done
   * @throws QueueClosedException if the queue is closed with an error, for the items may never be processed then
   * @throws InterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  boolean join(Duration timeout) throws InterruptedException;

  /** Returns the number of items that were put and are not done. */
  long unfinished();

  /**
   * Closes the queue: it accepts no more items; takers get the remaining ones, and then the end. Does nothing if the queue
   * is closed already.
   *
   * <p>Origin: {@code Queue.shutdown()} of Python.
   */
  @Override
  void close();

  /**
   * Closes the queue and removes the remaining items, which count as done; takers get the end at once.
   *
   * <p>Origin: {@code Queue.shutdown(immediate=True)} of Python.
   *
   * <p>If the comparator of a priority queue throws, so does this method; the queue is closed then and keeps its items.
   *
   * @return the remaining items, in the order in which they would have been taken; empty when called again, unless an
   *     iteration has put an item back meanwhile
   */
  List<T> closeNow();

  /**
   * Closes the queue with an error: it accepts no more items; takers get the remaining ones, and then a {@link
   * QueueClosedException} with the error as its cause, as do putters and threads in {@code join} at once. An error may be
   * given after {@link #close} too, so that no thread waits for items that will not be processed. Does nothing if it was
   * closed with an error or by {@link #closeNow}.
   */
  void closeWithError(Throwable error);

  /** Returns whether the queue was closed; it may still hold items. */
  boolean isClosed();

  /** Returns the number of items. */
  int size();

  /** Returns whether the queue holds no item. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** Returns the greatest number of items it holds; {@link Integer#MAX_VALUE} if there is no bound. */
  int capacity();
}
