package dev.heddle.asyncio;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for several things at once, which run as tasks; its value is made of them in the order given. */
final class Gather<T extends @Nullable Object, R> extends Operation<R> implements TaskObserver {

  /** Makes the value of the tasks, all of which have ended. */
  @FunctionalInterface
  interface Summary<T extends @Nullable Object, R> {
    R of(List<Task<T>> tasks);
  }

  private final List<Awaitable<T>> sources;
  private final boolean keepGoing;
  private final Summary<T, R> summary;
  private final List<Task<T>> tasks = new ArrayList<>();
  private final Set<Task<?>> open = new LinkedHashSet<>();
  private @Nullable Task<?> waiting;
  private @Nullable Task<?> firstFailed;
  private boolean withdrawn;

  /**
   * An operation that waits for all.
   *
   * @param keepGoing whether the others go on when one fails, which is then no failure of the whole
   */
  Gather(List<Awaitable<T>> sources, boolean keepGoing, Summary<T, R> summary) {
    this.sources = sources;
    this.keepGoing = keepGoing;
    this.summary = summary;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (waiting != null || !tasks.isEmpty()) {
      throw new LoopStateException("this gather was already awaited; call gather again, or make it a task");
    }
    IdentityHashMap<Awaitable<T>, Task<T>> known = new IdentityHashMap<>();
    try {
      for (Awaitable<T> each : sources) {
        Task<T> made = known.get(each);
        if (made == null) {
          made = Asyncio.toTask(task.loop, each);
          known.put(each, made);
        }
        tasks.add(made);
      }
    } catch (LoopStateException e) {
      known.forEach((source, made) -> {
        if (source != made) {
          made.request("gather could not begin");
        }
      });
      throw e;
    }
    open.addAll(tasks);
    waiting = task;
    if (open.isEmpty()) {
      return summary.of(tasks);
    }
    for (Task<?> each : List.copyOf(open)) {
      each.observe();
      each.whenDone(this);
    }
    task.loop.circles.suspect(task, known.keySet().stream().filter(Task.class::isInstance).map(each -> (Task<?>) each));
    return PENDING;
  }

  @Override
  public void done(Task<?> task) {
    if (!open.remove(task)) {
      return;
    }
    if (!keepGoing && firstFailed == null && (task.failure() != null || task.isCancelled())) {
      firstFailed = task;
      List.copyOf(open).forEach(each -> each.request("task '" + task.name() + "', gathered with it, has not succeeded"));
    }
    if (open.isEmpty() && waiting != null) {
      finish(waiting);
    }
  }

  private void finish(Task<?> waiter) {
    if (withdrawn && tasks.stream().anyMatch(Task::isCancelled)) {
      waiter.failCancelled(new Cancelled("a gather was cancelled"));
      return;
    }
    Throwable error = firstFailed == null ? null : firstFailed.error();
    if (error != null) {
      for (Task<?> each : tasks) {
        Throwable other = each.failure();
        if (other != null && other != error && !List.of(error.getSuppressed()).contains(other)) {
          error.addSuppressed(other);
        }
      }
      waiter.fail(error);
    } else {
      waiter.wake(summary.of(tasks));
    }
  }

  @Override
  boolean withdraw(Task<?> task) {
    withdrawn = true;
    String reason = "task '" + task.name() + "', which gathers it, was cancelled";
    List.copyOf(open).forEach(each -> task.loop.cancelling.passOn(task, each, reason));
    return false; // it ends when all of them have
  }

  @Override
  Stream<Task<?>> needs() {
    return open.stream();
  }

  @Override
  boolean isBinding() {
    return true;
  }

  @Override
  void breakOff(Task<?> task) {
    waiting = null;
    List.copyOf(open).forEach(each -> each.request("a gather that waited for itself was broken off"));
  }

  @Override
  public String toString() {
    return "gathering " + sources.size() + ", of which " + open.size() + " have not ended";
  }
}
