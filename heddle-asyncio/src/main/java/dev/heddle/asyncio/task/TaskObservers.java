package dev.heddle.asyncio.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observers of a task's end, stored in one field: null, one task or observer, or a list of them. There are very many
 * tasks, and most have one observer.
 */
final class TaskObservers {
  private TaskObservers() {}

  /** Returns all of them and one more. */
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

  /** Returns all of them but one. */
  static @Nullable Object without(@Nullable Object all, Object observer) {
    if (all instanceof ArrayList<?> list) {
      list.remove(observer);
      return list;
    }
    return all == observer ? null : all;
  }

  /** Tells all of them that the task has ended. */
  static void tell(@Nullable Object all, LoopTask<?> ended) {
    if (all instanceof List<?> list) {
      list.forEach(each -> tellOne(each, ended));
    } else if (all != null) {
      tellOne(all, ended);
    }
  }

  private static void tellOne(Object observer, LoopTask<?> ended) {
    if (observer instanceof LoopTask<?> waiting) {
      waiting.wakeBy(ended);
    } else {
      ((TaskObserver) observer).done(ended);
    }
  }
}
