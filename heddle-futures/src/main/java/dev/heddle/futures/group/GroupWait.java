package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitResult;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.FutureWait;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A wait for all of several futures, for one of them, or for one that fails. */
public final class GroupWait extends FutureWait implements Removable {
  private Set<CoreFuture<?>> futures; // none once the wait is over
  private final ReturnWhen when;
  private final AtomicInteger left;
  private final AtomicBoolean failed = new AtomicBoolean();
  private boolean enlisted; // the counters are valid from then on; used by the waiter only

  private GroupWait(Set<CoreFuture<?>> futures, ReturnWhen when) {
    this.futures = futures;
    this.when = when;
    this.left = new AtomicInteger(futures.size());
  }

  /** Waits for futures; without a bound if the time-out is null. */
  public static <F extends Future<?>> WaitResult<F> await(
      Collection<? extends F> futures, ReturnWhen when, @Nullable Duration timeout) {
    Check.notNull(when, "when");
    Set<F> each = distinct(futures);
    Set<CoreFuture<?>> cores = new LinkedHashSet<>(each.size() * 2);
    each.forEach(future -> cores.add((CoreFuture<?>) future));
    GroupWait wait = new GroupWait(cores, when);
    try {
      wait.await(timeout == null ? Long.MAX_VALUE : Check.nanos(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(each.size() + " futures", "they go on: wait again, or cancel them", e);
    }
    Set<F> done = new LinkedHashSet<>();
    Set<F> notDone = new LinkedHashSet<>();
    each.forEach(future -> (future.isDone() ? done : notDone).add(future));
    return new WaitResult<>(done, notDone);
  }

  /** Returns the futures, each once, in the order given. */
  static <F extends Future<?>> Set<F> distinct(Collection<? extends F> futures) {
    Set<F> each = new LinkedHashSet<>(Check.notNull(futures, "futures").size() * 2);
    for (F future : futures) {
      each.add(Check.notNull(future, "futures[" + each.size() + "]"));
    }
    return each;
  }

  @Override
  protected boolean satisfied() {
    return switch (when) {
      case ALL_COMPLETED -> allDone();
      case FIRST_COMPLETED -> futures.isEmpty() || anyDone(false);
      case FIRST_EXCEPTION -> allDone() || anyDone(true);
    };
  }

  /** Checks each future before the wait is enlisted; afterwards the futures update the counters. */
  private boolean allDone() {
    return left.get() == 0 || (!enlisted && futures.stream().allMatch(Future::isDone));
  }

  private boolean anyDone(boolean onlyFailed) {
    if (enlisted) {
      return onlyFailed ? failed.get() : left.get() < futures.size();
    }
    return futures.stream().anyMatch(onlyFailed ? GroupWait::isFailed : Future::isDone);
  }

  private static boolean isFailed(CoreFuture<?> future) {
    return future.failure() != null;
  }

  @Override
  protected void enlist() {
    enlisted = true;
    for (CoreFuture<?> future : futures) {
      if (!future.observe(this)) {
        done(future);
      }
    }
  }

  @Override
  protected void withdraw() {
    for (CoreFuture<?> future : futures) {
      future.forget(this);
    }
    futures = Set.of(); // one of them may keep this wait for a while, but not the results of the others
  }

  @Override
  public void done(CoreFuture<?> future) {
    if (isFailed(future)) {
      failed.set(true);
    }
    int remaining = left.decrementAndGet();
    if (remaining == 0 || when != ReturnWhen.ALL_COMPLETED) {
      wake();
    }
  }

  @Override
  protected Stream<CoreFuture<?>> open() {
    return switch (when) {
      case ALL_COMPLETED -> futures.stream().filter(future -> !future.isDone());
      case FIRST_COMPLETED -> futures.stream();
      case FIRST_EXCEPTION -> futures.stream().filter(future -> !future.isDone() || isFailed(future));
    };
  }

  @Override
  protected boolean needsAll() {
    return when == ReturnWhen.ALL_COMPLETED;
  }
}
