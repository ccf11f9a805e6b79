package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue between threads that can be closed: takers then get what is left, and after that the end.
 *
 * <pre>{@code
 * ClosableQueue<Url> urls = ClosableQueue.fifo(64);
 * Thread worker = Thread.startVirtualThread(() -> urls.forEach(Shop::download)); // until closed
 * for (Url url : list) {
 *   urls.put(url);                                                               // waits while it is full
 * }
 * urls.close();
 * urls.join();                                                                   // until each was worked on
 * }</pre>
 *
 * <p><b>Thread-safe</b>, for any number of putters and takers on virtual or platform threads. {@link #put}, {@link #take},
 * {@link #join()}, their forms with a time-out and iteration wait; nothing else does. Interrupting a waiting thread ends its
 * wait and loses no item: what could not be put was not put, what was taken is handed out. What a thread did before it
 * put an item happens-before what another does after taking it; the same holds from {@code taskDone} to {@code join}, and
 * from closing to learning of it. Waiters are served without any promise of fairness.
 *
 * <p>A worker of an executor that waits here keeps its place in its pool. A thread that must not block, as that of an event loop,
 * gets an {@link IllegalStateException} where it would have to wait.
 *
 * <p>Origin: Python's {@code queue.Queue}, {@code LifoQueue} and {@code PriorityQueue} with {@code shutdown} (3.13), in the
 * words of {@link java.util.concurrent.BlockingQueue}. Two things are stricter here: a bound of 0 or less is an error,
 * and an item must be taken before {@code taskDone} counts it.
 *
 * @param <T> the type of the items, which are never null
 */
public sealed interface ClosableQueue<T> extends Iterable<T>, AutoCloseable permits LockedQueue {

  /** An unbounded queue, first in, first out. */
  static <T> ClosableQueue<T> fifo() {
    return new LockedQueue<>(new Store.Fifo<>(), Integer.MAX_VALUE);
  }

  /**
   * A bounded queue, first in, first out.
   *
   * @param capacity how many items it holds at the most, at least 1
   */
  static <T> ClosableQueue<T> fifo(int capacity) {
    return new LockedQueue<>(new Store.Fifo<>(), checked(capacity, "fifo()"));
  }

  /** An unbounded queue, last in, first out. */
  static <T> ClosableQueue<T> lifo() {
    return new LockedQueue<>(new Store.Lifo<>(), Integer.MAX_VALUE);
  }

  /**
   * A bounded queue, last in, first out.
   *
   * @param capacity how many items it holds at the most, at least 1
   */
  static <T> ClosableQueue<T> lifo(int capacity) {
    return new LockedQueue<>(new Store.Lifo<>(), checked(capacity, "lifo()"));
  }

  /** An unbounded queue that hands out the smallest item first; equal ones in the order in which they were put. */
  static <T> ClosableQueue<T> priority(Comparator<? super T> order) {
    return new LockedQueue<>(new Heap<>(Check.notNull(order, "order")), Integer.MAX_VALUE);
  }

  /**
   * A bounded queue that hands out the smallest item first; equal ones in the order in which they were put.
   *
   * @param capacity how many items it holds at the most, at least 1
   * @param order is called under the queue's lock, so it must be quick; what it throws reaches whoever puts or takes, and
   *     leaves the queue as it was
   */
  static <T> ClosableQueue<T> priority(int capacity, Comparator<? super T> order) {
    return new LockedQueue<>(new Heap<>(Check.notNull(order, "order")), checked(capacity, "priority(order)"));
  }

  private static int checked(int capacity, String unbounded) {
    return Check.positive(capacity, "capacity", "for a queue without a bound use " + unbounded);
  }

  /**
   * Puts an item, as soon as there is room.
   *
   * @throws QueueClosedException if the queue is closed, now or while this waits; the item was not put then
   * @throws InterruptedException if the calling thread is interrupted; the item was not put then
   */
  void put(T item) throws InterruptedException;

  /**
   * Puts an item if there is room now.
   *
   * @return false if there is none
   * @throws QueueClosedException if the queue is closed
   */
  boolean offer(T item);

  /**
   * Puts an item, if there is room within a time.
   *
   * @param timeout how long to wait at the most; zero looks without waiting
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
   * @param timeout how long to wait at the most; zero looks without waiting
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
   * <p>Any number of iterations may run at once; each item comes up in one of them.
   *
   * @return a single-use iterator, for one thread at a time; it waits, throws {@link QueueClosedException} at the end of a
   *     queue that was closed with an error, and {@link QueueInterruptedException} if its thread is interrupted
   */
  @Override
  Iter<T> iterator();

  /**
   * Gives item after item to an action until the queue is closed and empty; each counts as done, also if the action throws.
   */
  @Override
  void forEach(Consumer<? super T> action);

  /**
   * Says that an item that was taken has been worked on. Iterating does it by itself.
   *
   * @throws IllegalStateException if it is called more often than items were taken
   */
  void taskDone();

  /**
   * Waits until every item that was put has been taken and worked on, as {@link #taskDone} tells.
   *
   * @throws QueueClosedException if the queue is closed with an error, for then nobody may be left to work on them
   * @throws InterruptedException if the calling thread is interrupted
   */
  void join() throws InterruptedException;

  /**
   * Waits until every item that was put has been taken and worked on, but not longer than given.
   *
   * @param timeout how long to wait at the most; zero looks without waiting
   * @return whether all are done
   * @throws QueueClosedException if the queue is closed with an error, for then nobody may be left to work on them
   * @throws InterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  boolean join(Duration timeout) throws InterruptedException;

  /** How many items were put and are not done yet. */
  long unfinished();

  /**
   * Accepts no more items; takers get what is left, and then the end. Does nothing if the queue is
   * closed already.
   *
   * <p>Origin: {@code Queue.shutdown()} of Python.
   */
  @Override
  void close();

  /**
   * Accepts no more items, and removes what is left, which counts as done; takers get the end at once.
   *
   * <p>Origin: {@code Queue.shutdown(immediate=True)} of Python.
   *
   * <p>If the order of a priority queue throws, so does this; the queue is closed then and still holds what was left.
   *
   * @return what was left, in the order in which it would have been taken; empty when called again, unless an iteration has
   *     put an item back meanwhile
   */
  List<T> closeNow();

  /**
   * Accepts no more items; takers get what is left, and then a {@link QueueClosedException} with the error as its cause,
   * as do putters and joiners at once. A queue that was closed by {@link #close} may be given an error afterwards, so that
   * nobody waits for items that nobody will work on. Does nothing if it was closed with an error or by {@link #closeNow}.
   */
  void closeWithError(Throwable error);

  /** Whether it was closed; it may still hold items. */
  boolean isClosed();

  /** How many items it holds now. */
  int size();

  /** Whether it holds no item now. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** How many items it holds at the most; {@link Integer#MAX_VALUE} if there is no bound. */
  int capacity();
}
