package dev.heddle.futures.core;

import dev.heddle.futures.core.FutureState.Observer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one: an immutable list, the latest first. They are notified in the order in which they were added.
 *
 * @param latest the one that was added last
 * @param earlier all others, as one
 * @param size how many there are
 */
record Observers(Observer latest, Observer earlier, int size) implements Observer {

  Observers(Observer latest, Observer earlier) {
    this(latest, earlier, count(earlier) + 1);
  }

  /** Returns how many observers an observer is. */
  static int count(@Nullable Observer all) {
    return all == null ? 0 : all instanceof Observers several ? several.size : 1;
  }

  /** Returns the observers that are not forgotten. */
  static @Nullable Observer remembered(Observer all) {
    if (!(all instanceof Observers)) {
      return all.isForgotten() ? null : all;
    }
    Observer kept = null;
    for (Observer each : inOrder(all)) {
      if (!each.isForgotten()) {
        kept = kept == null ? each : new Observers(each, kept);
      }
    }
    return kept;
  }

  private static Deque<Observer> inOrder(Observer all) {
    Deque<Observer> inOrder = new ArrayDeque<>(count(all) + 1);
    Observer rest = all;
    while (rest instanceof Observers(var latest, var earlier, _)) {
      inOrder.addFirst(latest);
      rest = earlier;
    }
    inOrder.addFirst(rest);
    return inOrder;
  }

  @Override
  public boolean isForeign() {
    Observer rest = this;
    while (rest instanceof Observers(var latest, var earlier, _)) {
      if (latest.isForeign()) {
        return true;
      }
      rest = earlier;
    }
    return rest.isForeign();
  }

  @Override
  public void done(CoreFuture<?> future) {
    Deque<Observer> inOrder;
    try {
      inOrder = inOrder(this);
    } catch (Throwable e) { // out of memory, perhaps while a class is loaded
      notifyLatestFirst(future);
      return;
    }
    for (Observer each = inOrder.pollFirst(); each != null; each = inOrder.pollFirst()) { // not recursive: there may be very many
      tell(each, future);
    }
  }

  /** Tells one observer; if it fails, out of memory or stack, the others are told all the same, since they may be waiting threads. */
  private static void tell(Observer observer, CoreFuture<?> future) {
    try {
      observer.done(future);
    } catch (Throwable e) {
      IgnoredErrors.log("an observer of a future", e);
    }
  }

  /** Notifies without allocating memory: out of order is better than not at all. */
  private void notifyLatestFirst(CoreFuture<?> future) {
    Observer rest = this;
    while (rest instanceof Observers(var latest, var earlier, _)) {
      tell(latest, future);
      rest = earlier;
    }
    tell(rest, future);
  }
}
