package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Outcome;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.asyncio.task.TaskObserver;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for several awaitables at once, which run as tasks; its value is made of the tasks in the given order. */
public final class Gather<T extends @Nullable Object, R> extends Operation<R> implements TaskObserver {

  /** Makes the value from the tasks, all of which have ended. */
  @FunctionalInterface
  private interface Summary<T extends @Nullable Object, R> {
    /** Returns the value. */
    R of(List<LoopTask<T>> tasks);
  }

  private final List<Awaitable<T>> sources;
  private final boolean keepGoing;
  private final Summary<T, R> summary;
  private final List<LoopTask<T>> tasks = new ArrayList<>();
  private final Set<LoopTask<?>> open = new LinkedHashSet<>();
  private @Nullable LoopTask<?> waiting;
  private @Nullable LoopTask<?> firstFailed;
  private boolean withdrawn;

  /** Waits for the results of all, or until one has failed and the others have ended. */
  public static <T extends @Nullable Object> Gather<T, List<T>> results(List<Awaitable<T>> sources) {
    return new Gather<T, List<T>>(sources, false, tasks -> each(tasks, LoopTask::result));
  }

  /** Waits until all have ended. */
  public static <T extends @Nullable Object> Gather<T, List<Outcome<T>>> outcomes(List<Awaitable<T>> sources) {
    return new Gather<T, List<Outcome<T>>>(sources, true, tasks -> each(tasks, LoopTask::outcome));
  }

  private static <T extends @Nullable Object, E extends @Nullable Object> List<E> each(
      List<LoopTask<T>> tasks, Function<LoopTask<T>, E> part) {
    List<E> all = new ArrayList<>(tasks.size()); // may have null elements
    tasks.forEach(task -> all.add(part.apply(task)));
    return all;
  }

  /**
   * An operation that waits for all.
   *
   * @param keepGoing whether the others go on when one fails; the operation does not fail then
   */
  private Gather(List<Awaitable<T>> sources, boolean keepGoing, Summary<T, R> summary) {
    this.sources = sources;
    this.keepGoing = keepGoing;
    this.summary = summary;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (waiting != null || !tasks.isEmpty()) {
      throw new LoopStateException("this gather was already awaited; call gather again, or make it a task");
    }
    IdentityHashMap<Awaitable<T>, LoopTask<T>> known = new IdentityHashMap<>();
    try {
      for (Awaitable<T> each : sources) {
        LoopTask<T> made = known.get(each);
        if (made == null) {
          made = LoopTask.toTask(task.host(), each);
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
    for (LoopTask<?> each : List.copyOf(open)) {
      each.observe();
      each.whenDone(this);
    }
    task.host().deadlocks().suspect(task,
        known.keySet().stream().filter(LoopTask.class::isInstance).map(each -> (LoopTask<?>) each));
    return PENDING;
  }

  @Override
  public void done(LoopTask<?> task) {
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

  private void finish(LoopTask<?> waiter) {
    if (withdrawn && tasks.stream().anyMatch(LoopTask::isCancelled)) {
      waiter.failCancelled(new Cancelled("a gather was cancelled"));
      return;
    }
    Throwable error = firstFailed == null ? null : firstFailed.errorFor(waiter);
    if (error != null) {
      for (LoopTask<?> each : tasks) {
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
  protected boolean withdraw(LoopTask<?> task) {
    withdrawn = true;
    String reason = "task '" + task.name() + "', which gathers it, was cancelled";
    List.copyOf(open).forEach(each -> task.host().cancelRelay().passOn(task, each, reason));
    return false; // it ends when all tasks have
  }

  @Override
  protected Stream<LoopTask<?>> needs() {
    return open.stream();
  }

  @Override
  protected boolean isBinding() {
    return true;
  }

  @Override
  protected void breakOff(LoopTask<?> task) {
    waiting = null;
    List.copyOf(open).forEach(each -> each.request("a gather that waited for itself was ended"));
  }

  @Override
  public String toString() {
    return "gathering " + sources.size() + ", of which " + open.size() + " have not ended";
  }
}
