package dev.heddle.futures.limit;

import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit whose waits form a queue. Thread-safe.
 *
 * <p>A lock guards the queue and the permits; futures are completed outside of it, since that runs callbacks. A permit is
 * taken from the limit before its future is completed, and is given back if the future was cancelled at that moment.
 */
public abstract class QueuedLimit implements OwnedLimit, PermitFuture.Queued {
  private static final ThreadLocal<@Nullable Set<QueuedLimit>> SERVED_LATER = new ThreadLocal<>(); // while this thread grants permits

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<PermitFuture> waiting = new LinkedHashSet<>(); // the oldest first

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
        waiting.add(wanted);
      }
      return free;
    });
    if (permit != null) {
      wanted.grant(permit);
    }
    return wanted;
  }

  private record Grant(PermitFuture to, Permit permit) {}

  /**
   * Grants permits to those that wait, as long as there are some. A call from within a grant, of a callback that gives a
   * permit back, is made up for when that grant has ended: there may be very many, which must not be nested.
   */
  final void serve() {
    Set<QueuedLimit> outer = SERVED_LATER.get();
    if (outer != null) {
      outer.add(this);
      return;
    }
    Grant first = underLock(this::next);
    if (first == null) {
      return;
    }
    Set<QueuedLimit> later = new LinkedHashSet<>();
    SERVED_LATER.set(later);
    try {
      first.to.grant(first.permit);
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

  private void serveAll() {
    for (Grant next = underLock(this::next); next != null; next = underLock(this::next)) {
      next.to.grant(next.permit);
    }
  }

  private @Nullable Grant next() {
    Iterator<PermitFuture> first = waiting.iterator();
    if (!first.hasNext()) {
      return null;
    }
    PermitFuture oldest = first.next();
    Permit free = take(oldest.holder());
    if (free != null) {
      first.remove();
    }
    waitsChanged();
    return free == null ? null : new Grant(oldest, free);
  }

  /** Tells how many wait; what a time source throws must not lose a permit that was taken. */
  private void waitsChanged() {
    try {
      waits(waiting.size());
    } catch (Throwable e) {
      IgnoredErrors.log("the time source of a limit, which sets no timer until the next wait,", e);
    }
  }

  @Override
  public final void gaveUp(PermitFuture given) {
    underLock(() -> {
      if (waiting.remove(given)) {
        waitsChanged();
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
