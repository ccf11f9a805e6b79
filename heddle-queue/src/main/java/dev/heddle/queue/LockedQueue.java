package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store under one lock.
 *
 * <p>{@link #size} and {@link #end} are written under the lock, whose release publishes them; without it they are only read for
 * a hint or an answer that may be outdated at once. So the size need not be volatile, and two fences a hand-over are saved.
 */
final class LockedQueue<T> implements ClosableQueue<T> {
  static final long FOREVER = QueueLock.FOREVER;

  /** How a queue was closed: with which error, if any, and whether what was left was removed. */
  private record End(@Nullable Throwable cause, boolean now) {}

  /** Learns the number of what is taken, counted from 0; for one taker. */
  static final class Cursor {
    long number;
  }

  private final Store<T> store;
  private final int capacity;
  private final QueueLock lock;
  private final Condition notEmpty;
  private final Condition notFull;
  private final Condition allDone;
  private final Unfinished unfinished;
  private final QueueLock.Hint full = this::isFull;
  private final QueueLock.Hint empty = this::isWithoutItem;
  private final AtomicInteger size = new AtomicInteger();
  private volatile @Nullable End end;
  private long taken;

  LockedQueue(Store<T> store, int capacity) {
    this(store, capacity, QueueLock.SPINS);
  }

  LockedQueue(Store<T> store, int capacity, int spins) {
    this.store = store;
    this.capacity = capacity;
    this.lock = new QueueLock(spins);
    this.notEmpty = lock.newCondition();
    this.notFull = lock.newCondition();
    this.allDone = lock.newCondition();
    this.unfinished = new Unfinished(allDone);
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

  /** Adds an item under the lock; false if there is no room for it. */
  private boolean addIfRoom(T item) {
    End closed = end;
    if (closed != null) {
      throw QueueClosedException.toPutter(closed.cause);
    }
    int before = size.getPlain();
    if (before >= capacity) {
      return false;
    }
    try {
      store.add(item);
    } catch (Throwable e) {
      notFull.signal(); // the room is still there, for whoever can use it
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
      throw ended();
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

  /** Takes the next item; null if the time is over or the queue is closed and empty. */
  @Nullable
  T remove(long nanos, @Nullable Cursor cursor) throws InterruptedException {
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

  /** Takes the next item under the lock, null if there is none. */
  private @Nullable T removeNext(@Nullable Cursor cursor) {
    T item;
    try {
      item = store.remove();
    } catch (Throwable e) {
      notEmpty.signal(); // the item is still there, for whoever can take it
      throw e;
    }
    if (item != null) {
      size.lazySet(size.getPlain() - 1);
      if (cursor != null) {
        cursor.number = taken;
      }
      taken++;
      notFull.signal();
    }
    return item;
  }

  private @Nullable T orEnded(@Nullable T item) {
    if (item == null && isExhausted()) {
      throw ended();
    }
    return item;
  }

  /** Whether it is closed and has nothing left. */
  boolean isExhausted() {
    return end != null && size.get() == 0;
  }

  private QueueClosedException ended() {
    return QueueClosedException.toTaker(error());
  }

  /** What it was closed with; null if it is open or was just closed. */
  @Nullable
  Throwable error() {
    End closed = end;
    return closed == null ? null : closed.cause;
  }

  /** Puts back what was taken last and nobody has seen; there is room for it even if the queue is full or closed. */
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
    end(new End(null, false));
  }

  @Override
  public void closeWithError(Throwable error) {
    end(new End(Check.notNull(error, "error"), false));
  }

  private void end(End how) {
    lock.acquire();
    try {
      End before = end;
      // An error counts also after close(): who waits for the rest of the items must learn that nobody works on them.
      if (before == null || (how.cause != null && before.cause == null && !before.now)) {
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
      end = new End(error(), true);
      List<T> left = store.removeAll();
      unfinished.removed(left.size());
      size.lazySet(0);
      return left;
    } finally {
      wakeAll(); // a comparator may have thrown; it is closed all the same
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
    End closed = end;
    return "<ClosableQueue of " + size.get() + (capacity == Integer.MAX_VALUE ? "" : "/" + capacity)
        + (closed == null ? "" : closed.cause == null ? ", closed" : ", closed with " + Text.of(closed.cause)) + ">";
  }
}
