package dev.heddle.asyncio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of a loop that have not ended, and those whose failure nobody has asked for. */
final class Live {
  /** So many failures are kept for somebody to ask for; of more, the oldest is given up. */
  private static final int MAX_FAILED = 1_000;

  private @Nullable Task<?> first;
  private @Nullable Task<?> last;
  private final Set<Task<?>> failed = new LinkedHashSet<>();

  /** Async generators that were begun and have not ended. */
  private final Set<AsyncGenerator<?>> generators = new LinkedHashSet<>();

  private boolean ending;
  private boolean closed;

  void add(Task<?> task) {
    Task<?> before = last;
    task.previous = before;
    if (before == null) {
      first = task;
    } else {
      before.next = task;
    }
    last = task;
  }

  void remove(Task<?> task) {
    Task<?> before = task.previous;
    Task<?> after = task.next;
    task.previous = null;
    task.next = null;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  List<Task<?>> toList() {
    List<Task<?>> all = new ArrayList<>();
    for (Task<?> each = first; each != null; each = each.next) {
      all.add(each);
    }
    return all;
  }

  /** A task has failed and nobody waits for it. */
  void failed(Task<?> task) {
    failed.add(task);
    if (failed.size() > MAX_FAILED) {
      Task<?> oldest = failed.iterator().next();
      failed.remove(oldest);
      report(oldest);
    }
  }

  /** Somebody has asked after all. */
  void observed(Task<?> task) {
    failed.remove(task);
  }

  Collection<Task<?>> failed() {
    return failed;
  }

  static void report(Task<?> task) {
    Throwable failure = task.failure();
    task.loop.report(
        LoopProblem.Kind.UNOBSERVED_FAILURE,
        "task '" + task.name() + "' failed with " + failure + ", and nobody has awaited it or asked for its exception",
        failure);
  }

  /** From now on every new task is cancelled at once. */
  void end() {
    ending = true;
  }

  /** Lets new tasks run again, for the closing of generators. */
  void reopen() {
    ending = false;
  }

  void begun(AsyncGenerator<?> generator) {
    generators.add(generator);
  }

  void ended(AsyncGenerator<?> generator) {
    generators.remove(generator);
  }

  List<AsyncGenerator<?>> generators() {
    return List.copyOf(generators);
  }

  boolean isEnding() {
    return ending && !closed;
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
