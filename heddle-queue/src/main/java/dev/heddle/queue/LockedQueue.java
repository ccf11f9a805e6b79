package dev.heddle.queue;

import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store under one lock.
 *
 * <p>Whoever has to wait spins for a moment before it parks: between two threads that keep pace, parking costs many times
 * more than what it waits for. Only the first in line spins, so that a crowd of idle takers burns nothing.
 *
 * <p>{@link #size} and {@link #end} are written under the lock; they are read without it only to decide whether to spin.
 */
final class LockedQueue<T> implements ClosableQueue<T> {
  static final long FOREVER = Long.MAX_VALUE;
  static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 20 : 0;

  /** How a queue was closed: with which error, if any, and whether what was left was removed. */
  private record End(@Nullable Throwable cause, boolean now) {}

  /** Learns the number of what is taken, counted from 0; for one taker. */
  static final class Cursor {
    long number;
  }

  private final Store<T> store;
  private final int capacity;
  private final int spins;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final Condition allDone = lock.newCondition();
  private volatile int size;
  private volatile @Nullable End end;
  private volatile int waiting; // takers and putters that are parked
  private long unfinished;
  private long taken;

  LockedQueue(Store<T> store, int capacity) {
    this(store, capacity, SPINS);
  }

  LockedQueue(Store<T> store, int capacity, int spins) {
    this.store = store;
    this.capacity = capacity;
    this.spins = spins;
  }

  // ---- waiting ----

  private void acquire() {
    for (int i = 0; i < spins; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  private void spinWhileFull() {
    for (int i = 0; i < spins && size >= capacity && end == null && waiting == 0; i++) {
      Thread.onSpinWait();
    }
  }

  private void spinWhileEmpty() {
    for (int i = 0; i < spins && size == 0 && end == null && waiting == 0; i++) {
      Thread.onSpinWait();
    }
  }

  /** Waits under the lock; returns the time left. */
  @SuppressWarnings({"WaitNotInLoop", "NonAtomicVolatileUpdate"}) // every caller loops; the lock makes it atomic
  private long await(Condition condition, long nanos) throws InterruptedException {
    NonBlocking.check("waiting at a queue");
    waiting++;
    try {
      if (nanos == FOREVER) {
        condition.await();
        return FOREVER;
      }
      return condition.awaitNanos(nanos);
    } finally {
      waiting--;
    }
  }

  private static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  // ---- putting ----

  @Override
  public void put(T item) throws InterruptedException {
    insert(item, FOREVER);
  }

  @Override
  public boolean offer(T item, Duration timeout) throws InterruptedException {
    return insert(item, Check.timeout(timeout));
  }

  private boolean insert(T item, long nanos) throws InterruptedException {
    Check.notNull(item, "item");
    refuseInterrupted();
    if (nanos > 0) {
      spinWhileFull();
    }
    long left = nanos;
    acquire();
    try {
      while (!addIfRoom(item)) {
        if (left <= 0) {
          return false;
        }
        left = await(notFull, left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(T item) {
    Check.notNull(item, "item");
    acquire();
    try {
      return addIfRoom(item);
    } finally {
      lock.unlock();
    }
  }

  /** Adds an item under the lock; false if there is no room for it. */
  private boolean addIfRoom(T item) {
    End closed = end;
    if (closed != null) {
      throw QueueClosedException.toPutter(closed.cause);
    }
    int before = size;
    if (before >= capacity) {
      return false;
    }
    try {
      store.add(item);
    } catch (Throwable e) {
      notFull.signal(); // the room is still there, for whoever can use it
      throw e;
    }
    size = before + 1;
    unfinished++;
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
    return orEnded(remove(Check.timeout(timeout), null));
  }

  @Override
  public @Nullable T poll() {
    acquire();
    try {
      return orEnded(removeNext(null));
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next item; null if the time is over or the queue is closed and empty. */
  @Nullable T remove(long nanos, @Nullable Cursor cursor) throws InterruptedException {
    refuseInterrupted();
    if (nanos > 0) {
      spinWhileEmpty();
    }
    long left = nanos;
    acquire();
    try {
      while (true) {
        T item = removeNext(cursor);
        if (item != null || end != null || left <= 0) {
          return item;
        }
        left = await(notEmpty, left);
      }
    } finally {
      lock.unlock();
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
      size = store.size();
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
    return end != null && size == 0;
  }

  private QueueClosedException ended() {
    return QueueClosedException.toTaker(error());
  }

  /** What it was closed with; null if it is open or was just closed. */
  @Nullable Throwable error() {
    End closed = end;
    return closed == null ? null : closed.cause;
  }

  /** Puts back what was taken last and nobody has seen; there is room for it even if the queue is full or closed. */
  void giveBack(T item) {
    acquire();
    try {
      store.giveBack(item);
      size = store.size();
      taken--;
      notEmpty.signal();
    } finally {
      lock.unlock();
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
    acquire();
    try {
      if (unfinished == size) {
        throw new IllegalStateException(
            "taskDone() was called more often than items were taken; call it once for each item taken, and not at all when"
                + " iterating, which does it by itself");
      }
      unfinished--;
      if (unfinished == 0) {
        allDone.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void join() throws InterruptedException {
    awaitDone(FOREVER);
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return awaitDone(Check.timeout(timeout));
  }

  private boolean awaitDone(long nanos) throws InterruptedException {
    refuseInterrupted();
    long left = nanos;
    acquire();
    try {
      while (unfinished > 0) {
        Throwable error = error();
        if (error != null) {
          throw QueueClosedException.toJoiner(unfinished, error);
        }
        if (left <= 0) {
          return false;
        }
        NonBlocking.check("waiting for the items of a queue to be done");
        left = left == FOREVER ? awaitForever(allDone) : allDone.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the caller loops
  private static long awaitForever(Condition condition) throws InterruptedException {
    condition.await();
    return FOREVER;
  }

  @Override
  public long unfinished() {
    acquire();
    try {
      return unfinished;
    } finally {
      lock.unlock();
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
    acquire();
    try {
      End before = end;
      // An error counts also after close(): who waits for the rest of the items must learn that nobody works on them.
      if (before == null || (how.cause != null && before.cause == null && !before.now)) {
        end = how;
      }
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<T> closeNow() {
    acquire();
    try {
      end = new End(error(), true);
      List<T> left = store.removeAll();
      unfinished -= left.size();
      size = 0;
      return left;
    } finally {
      wakeAll(); // a comparator may have thrown; it is closed all the same
      lock.unlock();
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
    return size;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public String toString() {
    End closed = end;
    return "<ClosableQueue of " + size + (capacity == Integer.MAX_VALUE ? "" : "/" + capacity)
        + (closed == null ? "" : closed.cause == null ? ", closed" : ", closed with " + Text.of(closed.cause)) + ">";
  }
}
