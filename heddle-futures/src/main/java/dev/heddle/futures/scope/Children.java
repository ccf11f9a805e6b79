package dev.heddle.futures.scope;

import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The children of a scope: their futures that are not done, and the number of their bodies that run here, also after their
 * future was cancelled. Thread-safe.
 */
final class Children {
  private final ReentrantLock lock = new ReentrantLock(); // guards everything below
  private final Set<CoreFuture<?>> open = new LinkedHashSet<>();
  private final AllEnded ended = new AllEnded();
  private int starting; // admitted, and not among the open ones yet
  private final Map<Thread, Integer> bodies = new HashMap<>(); // how many each thread runs
  private @Nullable String refusal; // why there are no more children; null if there may be
  private boolean cancelled;
  private boolean over;

  /** Done when no child is left and there can be no more. */
  private static final class AllEnded extends CoreFuture<@Nullable Void> {
    @Override
    public String name() {
      return "the children of a scope";
    }

    private final FutureState.Success nothing = new FutureState.Success(null); // now: there may be no memory at the end

    void complete() {
      complete(nothing);
    }

    @Override
    protected void stopRunning() {}
  }

  /** Admits a child; {@link #started} or {@link #notStarted} must follow. */
  void admit() {
    lock.lock();
    try {
      if (refusal != null) {
        throw new RejectedExecutionException(refusal);
      }
      starting++;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a child that was admitted. Returns false if all were cancelled meanwhile, so that it has to be cancelled, too. */
  boolean started(CoreFuture<?> child) {
    lock.lock();
    try {
      open.add(child);
      starting--;
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  void notStarted() {
    change(() -> starting--);
  }

  /** Removes a child whose future is done. Allocates nothing: the block would wait for ever for a child that is not removed. */
  void done(CoreFuture<?> child) {
    boolean last;
    lock.lock();
    try {
      open.remove(child);
      last = isLast();
    } finally {
      lock.unlock();
    }
    end(last);
  }

  void bodyBegins() {
    lock.lock();
    try {
      if (over) { // it was cancelled at the moment of its beginning, and the block did not wait for it
        throw new CancellationException("the scope of this task has ended");
      }
      bodies.merge(Thread.currentThread(), 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  /** Allocates nothing, as {@link #done}. */
  void bodyEnds() {
    boolean last;
    lock.lock();
    try {
      bodies.computeIfPresent(Thread.currentThread(), (_, many) -> many == 1 ? null : many - 1);
      last = isLast();
    } finally {
      lock.unlock();
    }
    end(last);
  }

  /** Admits no more children, for a reason; the first one counts. */
  void refuse(String why) {
    change(() -> {
      if (refusal == null) {
        refusal = why;
      }
    });
  }

  /**
   * Cancels all children, those that are about to start included.
   *
   * @param why why there are no more children; null if there may be, which are cancelled at once
   */
  void cancelAll(@Nullable String why) {
    List<CoreFuture<?>> all;
    lock.lock();
    try {
      cancelled = true;
      if (refusal == null) {
        refusal = why;
      }
      all = new ArrayList<>(open);
    } finally {
      lock.unlock();
    }
    for (CoreFuture<?> child : all) { // those that have not begun first: a worker that is interrupted would begin the next one
      child.cancel(false);
    }
    for (CoreFuture<?> child : all) {
      child.cancel(true);
    }
    change(() -> {});
  }

  /** Returns whether there are no more children. */
  boolean isClosed() {
    lock.lock();
    try {
      return refusal != null;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the calling thread runs a child, whose future may be done already. */
  boolean isInBody() {
    lock.lock();
    try {
      return bodies.containsKey(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /** Returns the children whose futures are not done. */
  List<CoreFuture<?>> open() {
    lock.lock();
    try {
      return List.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a future that is done when the last child has ended, in every sense; call {@link #refuse} before. */
  CoreFuture<?> ended() {
    return ended;
  }

  private void change(Runnable action) {
    boolean last;
    lock.lock();
    try {
      action.run();
      last = isLast();
    } finally {
      lock.unlock();
    }
    end(last);
  }

  /** Called under the lock, after a change: returns whether no child is left and there can be no more. */
  private boolean isLast() {
    boolean last = refusal != null && starting == 0 && bodies.isEmpty() && open.isEmpty();
    over |= last;
    return last;
  }

  private void end(boolean last) {
    if (last) {
      ended.complete();
    }
  }
}
