package dev.heddle.asyncio;

import dev.heddle.futures.ReturnWhen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits until all, one, or a failed one of some tasks has ended, or the time is over; the tasks go on in any case. */
final class WaitTasks<T extends @Nullable Object> extends Operation<Waited<T>> implements TaskObserver {
  private final Set<Task<T>> tasks;
  private final ReturnWhen when;
  private final long nanos;
  private @Nullable Task<?> waiting;
  private EventLoop.@Nullable Scheduled alarm;
  private boolean begun;
  private int open;

  /** Nanos: -1 for no bound. */
  WaitTasks(Set<Task<T>> tasks, ReturnWhen when, long nanos) {
    this.tasks = tasks;
    this.when = when;
    this.nanos = nanos;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (begun) {
      throw new LoopStateException("this waitFor was already awaited; call waitFor again for each await");
    }
    begun = true;
    tasks.forEach(each -> task.loop.checkOwn(each.loop, "task '" + each.name() + "'"));
    open = (int) tasks.stream().filter(each -> !each.isDone()).count();
    boolean enough = open == 0
        || nanos == 0
        || switch (when) {
          case ALL_COMPLETED -> false;
          case FIRST_COMPLETED -> open < tasks.size();
          case FIRST_EXCEPTION -> tasks.stream().anyMatch(Task::isFailed);
        };
    if (enough) {
      return result();
    }
    waiting = task;
    tasks.stream().filter(each -> !each.isDone()).forEach(each -> each.whenDone(this));
    if (nanos > 0) {
      alarm = task.loop.callLater(java.time.Duration.ofNanos(nanos), this::finish);
    }
    return PENDING;
  }

  private Waited<T> result() {
    Set<Task<T>> done = new LinkedHashSet<>();
    Set<Task<T>> notDone = new LinkedHashSet<>();
    tasks.forEach(each -> (each.isDone() ? done : notDone).add(each));
    return new Waited<>(done, notDone);
  }

  @Override
  public void done(Task<?> task) {
    open--;
    if (open == 0 || when == ReturnWhen.FIRST_COMPLETED || (when == ReturnWhen.FIRST_EXCEPTION && task.isFailed())) {
      finish();
    }
  }

  private void finish() {
    Task<?> waiter = waiting;
    if (waiter != null) {
      stop();
      waiter.wake(result());
    }
  }

  private void stop() {
    waiting = null;
    if (alarm != null) {
      alarm.cancel();
    }
    List.copyOf(tasks).forEach(each -> each.forget(this));
  }

  @Override
  boolean withdraw(Task<?> task) {
    stop();
    return true;
  }

  @Override
  Stream<Task<?>> needs() {
    return tasks.stream().filter(each -> !each.isDone()).map(each -> each);
  }

  @Override
  public String toString() {
    return "waiting for " + open + " of " + tasks.size() + " tasks";
  }
}
