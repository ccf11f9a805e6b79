package dev.heddle.asyncio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the end of a task, without an object of its own: null, one task or observer, or a list of them. There are very
 * many tasks, and one observer is the rule.
 */
final class Observers {
  private Observers() {}

  /** All of them and one more. */
  @SuppressWarnings("unchecked") // a list of observers is only ever made here
  static Object with(@Nullable Object all, Object observer) {
    if (all == null) {
      return observer;
    }
    if (all instanceof ArrayList<?> list) {
      ((List<Object>) list).add(observer);
      return list;
    }
    return new ArrayList<>(List.of(all, observer));
  }

  /** All of them but one. */
  static @Nullable Object without(@Nullable Object all, Object observer) {
    if (all instanceof ArrayList<?> list) {
      list.remove(observer);
      return list;
    }
    return all == observer ? null : all;
  }

  /** Tells all of them that the task has ended. */
  static void tell(@Nullable Object all, Task<?> ended) {
    if (all instanceof List<?> list) {
      list.forEach(each -> tellOne(each, ended));
    } else if (all != null) {
      tellOne(all, ended);
    }
  }

  private static void tellOne(Object observer, Task<?> ended) {
    if (observer instanceof Task<?> waiting) {
      waiting.wakeBy(ended);
    } else {
      ((TaskObserver) observer).done(ended);
    }
  }
}
