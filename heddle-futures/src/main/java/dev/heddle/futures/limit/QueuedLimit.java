package dev.heddle.futures.limit;

import dev.heddle.futures.Future;
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
 * <p>A lock guards the queue and the permits; futures are completed outside of it, since that runs callbacks. A permit is taken from
 * the limit before its future is completed, and is given back if the future was cancelled at that moment.
 */
public abstract class QueuedLimit implements OwnedLimit, PermitFuture.Queued {
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

  /** Grants permits to those that wait, as long as there are some. */
  final void serve() {
    while (serveNext()) {
      // until no permit is free or nothing waits
    }
  }

  private boolean serveNext() {
    record Grant(PermitFuture to, Permit permit) {}
    Grant next = underLock(() -> {
      Iterator<PermitFuture> first = waiting.iterator();
      if (!first.hasNext()) {
        return null;
      }
      PermitFuture oldest = first.next();
      Permit free = take(oldest.holder());
      if (free != null) {
        first.remove();
      }
      waits(waiting.size());
      return free == null ? null : new Grant(oldest, free);
    });
    if (next == null) {
      return false;
    }
    next.to.grant(next.permit);
    return true;
  }

  @Override
  public final void gaveUp(PermitFuture given) {
    underLock(() -> {
      if (waiting.remove(given)) {
        waits(waiting.size());
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
