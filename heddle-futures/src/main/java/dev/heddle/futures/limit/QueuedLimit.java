package dev.heddle.futures.limit;

import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit whose waits form a queue. Thread-safe.
 *
 * <p>A lock guards the queue and the permits; futures are completed outside of it, since that runs callbacks. A permit is
 * taken from the limit before its future is completed, and is given back if the future was cancelled at that moment.
 *
 * <p>Once a permit was taken, the way to its future allocates nothing that could fail for want of memory. A thread that finds no
 * memory before that tries again for a moment, since those that wait have no other thread; if it gives up, the next request for a
 * permit serves them.
 */
public abstract class QueuedLimit implements OwnedLimit, PermitFuture.Queued {
  private static final ThreadLocal<@Nullable Set<QueuedLimit>> SERVED_LATER = new ThreadLocal<>(); // while this thread grants permits

  private static final int MOST_TRIES = 100; // without memory
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<PermitFuture> waiting = new LinkedHashSet<>(); // the oldest first
  private volatile boolean unserved; // a thread that was to grant permits has failed

  QueuedLimit() {}

  // ---- called under the lock ----

  /** Takes a permit if there is one; otherwise returns null. */
  abstract @Nullable Permit take(PermitFuture.@Nullable Holder holder);

  /** Returns whether the limit is as one that was never used. */
  abstract boolean isUnused();

  /** Called when a wait has begun or ended, with the number of those left. */
  void waits(int left) {}

  final boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  // ---- waiting ----

  @Override
  public Future<Permit> acquire() {
    return acquire(null);
  }

  @Override
  public PermitFuture acquire(PermitFuture.@Nullable Holder holder) {
    PermitFuture wanted = new PermitFuture(this, holder);
    Permit permit = underLock(() -> {
      Permit free = waiting.isEmpty() ? take(holder) : null;
      if (free == null) {
        waits(waiting.size() + 1);
        enqueue(wanted);
      }
      return free;
    });
    if (permit != null) {
      wanted.grant(permit);
    } else if (unserved) {
      serve();
    }
    return wanted;
  }

  private void enqueue(PermitFuture wanted) {
    try {
      waiting.add(wanted);
    } catch (Throwable e) { // out of memory for a larger table: it may have been added, and a permit granted to it would be lost
      waiting.remove(wanted);
      throw e;
    }
  }

  /**
   * Grants permits to those that wait, as long as there are some. A call from within a grant, of a callback that gives a
   * permit back, is made up for when that grant has ended: there may be very many, which must not be nested.
   */
  final void serve() {
    Set<QueuedLimit> outer = SERVED_LATER.get();
    if (outer != null) {
      serveLater(outer);
      return;
    }
    if (waiting() == 0) {
      return;
    }
    Set<QueuedLimit> later;
    try {
      later = new LinkedHashSet<>();
      SERVED_LATER.set(later);
    } catch (OutOfMemoryError e) {
      serveAll();
      return;
    }
    try {
      serveAll();
      while (!later.isEmpty()) {
        QueuedLimit limit = later.iterator().next();
        later.remove(limit);
        limit.serveAll();
      }
    } finally {
      SERVED_LATER.remove();
    }
  }

  private void serveLater(Set<QueuedLimit> outer) {
    try {
      outer.add(this);
    } catch (OutOfMemoryError e) { // nested, then: it is rare, and the stack is not deep each time
      serveAll();
    }
  }

  private void serveAll() {
    int failures = 0;
    boolean more = true;
    while (more) {
      try {
        unserved = false;
        more = serveNext();
      } catch (Throwable e) {
        unserved = true;
        if (!(e instanceof OutOfMemoryError) || ++failures == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Grants a permit to the oldest wait, if there are both. */
  private boolean serveNext() {
    PermitFuture oldest;
    lock.lock();
    try {
      Iterator<PermitFuture> first = waiting.iterator();
      if (!first.hasNext()) {
        return false;
      }
      oldest = first.next();
      Permit free = take(oldest.holder());
      if (free != null) {
        first.remove();
        oldest.willHave(free);
      }
      waitsChanged(free != null);
      if (free == null) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    oldest.grant();
    return true;
  }

  /**
   * Tells how many wait. What a time source throws must not lose a permit that was taken; without one, the call is made again if there
   * was no memory for a timer.
   */
  private void waitsChanged(boolean taken) {
    try {
      waits(waiting.size());
    } catch (Throwable e) {
      if (!taken && e instanceof OutOfMemoryError) {
        throw e;
      }
      IgnoredErrors.log("the time source of a limit, which sets no timer until the next wait,", e);
    }
  }

  @Override
  public final void gaveUp(PermitFuture given) {
    underLock(() -> {
      if (waiting.remove(given)) {
        waitsChanged(true);
      }
      return null;
    });
  }

  @Override
  public List<RunningTask> holders() {
    return List.of();
  }

  /** Returns whether nothing is held, waits, or has to come back. */
  final boolean isFresh() {
    return underLock(() -> waiting.isEmpty() && isUnused());
  }

  /** Returns how many wait. */
  final int waiting() {
    return underLock(waiting::size);
  }

  /** Runs something quick under the lock. */
  final <T extends @Nullable Object> T underLock(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
