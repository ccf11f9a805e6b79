package dev.heddle.queue.blocking;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import dev.heddle.queue.ClosableQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of one store, one lock and a condition each for items, space and completion.
 *
 * <p>{@link #size} and {@link #end} are written under the lock, whose release publishes them. Without the lock they are read
 * only as a hint, or for an answer that may be outdated at once. Therefore the size need not be volatile, which saves two
 * memory fences for each hand-over.
 */
public final class LockedQueue<T> implements ClosableQueue<T> {
  /** A time-out that never ends, for {@link #remove}. */
  public static final long FOREVER = QueueLock.FOREVER;

  private final Store<T> store;
  private final int capacity;
  private final QueueLock lock;
  private final Condition notEmpty;
  private final Condition notFull;
  private final Condition allDone;
  private final UnfinishedItems unfinished;
  private final QueueLock.Hint full = this::isFull;
  private final QueueLock.Hint empty = this::isWithoutItem;
  private final AtomicInteger size = new AtomicInteger();
  private volatile @Nullable QueueEnd end;
  private long taken;

  /** Creates an empty queue. */
  public LockedQueue(Store<T> store, int capacity) {
    this(store, capacity, QueueLock.SPINS);
  }

  /** Creates an empty queue whose waiting threads spin so many times before they park. */
  public LockedQueue(Store<T> store, int capacity, int spins) {
    this.store = store;
    this.capacity = capacity;
    this.lock = new QueueLock(spins);
    this.notEmpty = lock.newCondition();
    this.notFull = lock.newCondition();
    this.allDone = lock.newCondition();
    this.unfinished = new UnfinishedItems(allDone);
  }

  private boolean isFull() {
    return size.get() >= capacity && end == null;
  }

  private boolean isWithoutItem() {
    return size.get() == 0 && end == null;
  }

  // ---- putting ----

  @Override
  public void put(T item) throws InterruptedException {
    insert(item, FOREVER);
  }

  @Override
  public boolean offer(T item, Duration timeout) throws InterruptedException {
    return insert(item, Check.nanos(Check.timeout(timeout)));
  }

  private boolean insert(T item, long nanos) throws InterruptedException {
    Check.notNull(item, "item");
    QueueLock.refuseInterrupted();
    if (nanos > 0) {
      lock.spinWhile(full);
    }
    long left = nanos;
    lock.acquire();
    try {
      while (!addIfRoom(item)) {
        if (left <= 0) {
          return false;
        }
        left = lock.await(notFull, left);
      }
      return true;
    } finally {
      lock.release();
    }
  }

  @Override
  public boolean offer(T item) {
    Check.notNull(item, "item");
    lock.acquire();
    try {
      return addIfRoom(item);
    } finally {
      lock.release();
    }
  }

  /** Adds an item under the lock; returns false if the queue is full. */
  private boolean addIfRoom(T item) {
    QueueEnd closed = end;
    if (closed != null) {
      throw ClosedQueue.toPutter(closed.cause());
    }
    int before = size.getPlain();
    if (before >= capacity) {
      return false;
    }
    try {
      store.add(item);
    } catch (Throwable e) {
      notFull.signal(); // the space is still free: another putter may use it
      throw e;
    }
    size.lazySet(before + 1);
    unfinished.put();
    notEmpty.signal();
    return true;
  }

  // ---- taking ----

  @Override
  public T take() throws InterruptedException {
    T item = remove(FOREVER, null);
    if (item == null) {
      throw ClosedQueue.toTaker(error());
    }
    return item;
  }

  @Override
  public @Nullable T poll(Duration timeout) throws InterruptedException {
    return orEnded(remove(Check.nanos(Check.timeout(timeout)), null));
  }

  @Override
  public @Nullable T poll() {
    lock.acquire();
    try {
      return orEnded(removeNext(null));
    } finally {
      lock.release();
    }
  }

  /** Takes the next item; returns null if the time runs out, or the queue is closed and empty. */
  @Nullable
  public T remove(long nanos, @Nullable Cursor cursor) throws InterruptedException {
    QueueLock.refuseInterrupted();
    if (nanos > 0) {
      lock.spinWhile(empty);
    }
    long left = nanos;
    lock.acquire();
    try {
      while (true) {
        T item = removeNext(cursor);
        if (item != null || end != null || left <= 0) {
          return item;
        }
        left = lock.await(notEmpty, left);
      }
    } finally {
      lock.release();
    }
  }

  /**
   * Takes items that are there, without waiting; returns how many. All but the first still occupy their places, until the only
   * taker, which processes them one after the other, calls this again.
   *
   * @param most 1 if there are other takers
   * @param cursor receives the number of the last item
   */
  public int removeUpTo(int most, AtomicReferenceArray<@Nullable Object> into, Cursor cursor) {
    if (size.get() == 0) {
      return 0;
    }
    lock.acquire();
    try {
      setSize(store.size());
      int count = Math.min(most, store.size());
      for (int i = 0; i < count; i++) {
        into.setPlain(i, removeNext(cursor));
      }
      setSize(store.size() + Math.max(0, count - 1));
      return count;
    } finally {
      lock.release();
    }
  }

  /** Sets the size under the lock, and wakes a putter for each place that becomes free. */
  private void setSize(int items) {
    for (int freed = size.getPlain() - items; freed > 0; freed--) {
      notFull.signal();
    }
    size.lazySet(items);
  }

  /** Takes the next item under the lock; returns null if there is none. */
  private @Nullable T removeNext(@Nullable Cursor cursor) {
    T item;
    try {
      item = store.remove();
    } catch (Throwable e) {
      notEmpty.signal(); // the item is still there: another taker may take it
      throw e;
    }
    if (item != null) {
      size.lazySet(size.getPlain() - 1);
      if (cursor != null) {
        cursor.number(taken);
      }
      taken++;
      notFull.signal();
    }
    return item;
  }

  private @Nullable T orEnded(@Nullable T item) {
    if (item == null && isExhausted()) {
      throw ClosedQueue.toTaker(error());
    }
    return item;
  }

  /** Returns whether the queue is closed and empty. */
  public boolean isExhausted() {
    return end != null && size.get() == 0;
  }

  /** Returns the error that the queue was closed with; null if it is open, or was closed without one. */
  @Nullable
  public Throwable error() {
    QueueEnd closed = end;
    return closed == null ? null : closed.cause();
  }

  /** Puts back the item that was taken last and not handed out; it is accepted even if the queue is full or closed. */
  void giveBack(T item) {
    lock.acquire();
    try {
      store.giveBack(item);
      size.lazySet(store.size());
      taken--;
      notEmpty.signal();
    } finally {
      lock.release();
    }
  }

  @Override
  public Iter<T> iterator() {
    return new QueueIter<>(this);
  }

  @Override
  public void forEach(Consumer<? super T> action) {
    Check.notNull(action, "action");
    try (Iter<T> items = iterator()) {
      while (items.hasNext()) {
        action.accept(items.next());
      }
    }
  }

  // ---- tasks ----

  @Override
  public void taskDone() {
    lock.acquire();
    try {
      unfinished.done(size.getPlain());
    } finally {
      lock.release();
    }
  }

  @Override
  public void join() throws InterruptedException {
    awaitDone(FOREVER);
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return awaitDone(Check.nanos(Check.timeout(timeout)));
  }

  private boolean awaitDone(long nanos) throws InterruptedException {
    QueueLock.refuseInterrupted();
    lock.acquire();
    try {
      return unfinished.awaitNone(nanos, this::error);
    } finally {
      lock.release();
    }
  }

  @Override
  public long unfinished() {
    lock.acquire();
    try {
      return unfinished.count();
    } finally {
      lock.release();
    }
  }

  // ---- the end ----

  @Override
  public void close() {
    end(new QueueEnd(null, false));
  }

  @Override
  public void closeWithError(Throwable error) {
    end(new QueueEnd(Check.notNull(error, "error"), false));
  }

  private void end(QueueEnd how) {
    lock.acquire();
    try {
      if (how.replaces(end)) {
        end = how;
      }
      wakeAll();
    } finally {
      lock.release();
    }
  }

  @Override
  public List<T> closeNow() {
    lock.acquire();
    try {
      end = new QueueEnd(error(), true);
      List<T> left = store.removeAll();
      unfinished.removed(left.size());
      size.lazySet(0);
      return left;
    } finally {
      wakeAll(); // also if a comparator has thrown: the queue is closed in any case
      lock.release();
    }
  }

  private void wakeAll() {
    notEmpty.signalAll();
    notFull.signalAll();
    allDone.signalAll();
  }

  @Override
  public boolean isClosed() {
    return end != null;
  }

  @Override
  public int size() {
    return size.get();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public String toString() {
    QueueEnd closed = end;
    return "<ClosableQueue of " + size.get() + (capacity == Integer.MAX_VALUE ? "" : "/" + capacity)
        + (closed == null ? "" : closed.described()) + ">";
  }
}
