package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.Waited;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.asyncio.task.TaskObserver;
import dev.heddle.futures.ReturnWhen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits until all, one, or a failed one of some tasks has ended, or the time has passed; it cancels no task. */
public final class WaitTasks<T extends @Nullable Object> extends Operation<Waited<T>> implements TaskObserver {
  private final Set<Task<T>> tasks;
  private final ReturnWhen when;
  private final long nanos;
  private @Nullable LoopTask<?> waiting;
  private EventLoop.@Nullable TimerHandle alarm;
  private boolean begun;
  private int open;

  /**
   * A wait for the given tasks.
   *
   * @param nanos the time-out; zero looks without waiting, -1 is none
   */
  public WaitTasks(Set<Task<T>> tasks, ReturnWhen when, long nanos) {
    this.tasks = tasks;
    this.when = when;
    this.nanos = nanos;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (begun) {
      throw new LoopStateException("this wait was already awaited; call Asyncio.wait again for each await");
    }
    begun = true;
    tasks.forEach(each -> task.host().checkOwn(LoopTask.of(each).host(), "task '" + each.name() + "'"));
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
    tasks.stream().filter(each -> !each.isDone()).forEach(each -> LoopTask.of(each).whenDone(this));
    if (nanos > 0) {
      alarm = task.scheduler().callLater(nanos, this::finish);
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
  public void done(LoopTask<?> task) {
    open--;
    if (open == 0 || when == ReturnWhen.FIRST_COMPLETED || (when == ReturnWhen.FIRST_EXCEPTION && task.isFailed())) {
      finish();
    }
  }

  private void finish() {
    LoopTask<?> waiter = waiting;
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
    List.copyOf(tasks).forEach(each -> LoopTask.of(each).forget(this));
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    stop();
    return true;
  }

  @Override
  protected Stream<LoopTask<?>> needs() {
    return tasks.stream().filter(each -> !each.isDone()).map(LoopTask::of);
  }

  @Override
  public String toString() {
    return "waiting for " + open + " of " + tasks.size() + " tasks";
  }
}
