package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.AsyncIterator;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.asyncio.task.TaskObserver;
import dev.heddle.base.Check;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Iterates over tasks in the order in which they end. */
public final class CompletionOrder<T extends @Nullable Object> implements AsyncIterator<Task<T>>, TaskObserver {
  private final TaskHost host;
  private final java.time.@Nullable Duration limit;
  private final Set<LoopTask<T>> open = new LinkedHashSet<>();
  private final Deque<LoopTask<T>> ended = new ArrayDeque<>();
  private @Nullable LoopTask<?> waiting;
  private EventLoop.@Nullable TimerHandle alarm;
  private boolean late;

  /** See {@link dev.heddle.asyncio.Asyncio#asCompleted}; the tasks begin now. */
  public static <T extends @Nullable Object> CompletionOrder<T> of(List<Awaitable<T>> all,
      java.time.@Nullable Duration limit) {
    TaskHost host = TaskHost.require();
    Set<LoopTask<T>> tasks = new LinkedHashSet<>();
    for (Awaitable<T> each : new LinkedHashSet<>(all)) {
      tasks.add(LoopTask.toTask(host, each));
    }
    return new CompletionOrder<>(host, tasks, limit);
  }

  private CompletionOrder(TaskHost host, Set<LoopTask<T>> tasks, java.time.@Nullable Duration limit) {
    this.host = host;
    this.limit = limit;
    open.addAll(tasks);
    for (LoopTask<T> each : tasks) {
      each.observe();
      each.whenDone(this);
    }
    if (limit != null && !open.isEmpty()) {
      alarm = host.scheduler().callLater(Check.nanos(limit), this::expire);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // it observes only tasks of its own type
  public void done(LoopTask<?> task) {
    open.remove(task);
    ended.add((LoopTask<T>) task);
    if (open.isEmpty()) {
      stop();
    }
    if (waiting != null) {
      LoopTask<?> waiter = waiting;
      waiting = null;
      waiter.wake(true);
    }
  }

  private void expire() {
    late = true;
    if (waiting != null && limit != null) {
      LoopTask<?> waiter = waiting;
      waiting = null;
      waiter.fail(new AsyncTimeoutException(limit, null));
    }
  }

  private void stop() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  public Awaitable<Boolean> hasNext() {
    return new Next(this);
  }

  @Override
  public Task<T> next() {
    LoopTask<T> next = ended.poll();
    if (next == null) {
      throw new NoSuchElementException("no further task has ended; call a.await(tasks.hasNext()) before each next()");
    }
    return next;
  }

  private static final class Next extends Operation<Boolean> {
    private final CompletionOrder<?> order;

    Next(CompletionOrder<?> order) {
      this.order = order;
    }

    @Override
    @Nullable
    protected Object begin(LoopTask<?> task) {
      order.host.checkOwn(task.host(), "asCompleted");
      if (!order.ended.isEmpty() || order.open.isEmpty()) {
        return !order.ended.isEmpty();
      }
      if (order.late && order.limit != null) {
        throw new AsyncTimeoutException(order.limit, null);
      }
      if (order.waiting != null) {
        throw new LoopStateException("another task waits for the same asCompleted; one task at a time may use it");
      }
      order.waiting = task;
      return PENDING;
    }

    @Override
    protected boolean withdraw(LoopTask<?> task) {
      order.waiting = null;
      return true;
    }

    @Override
    protected Stream<LoopTask<?>> needs() {
      return order.open.stream().map(each -> (LoopTask<?>) each);
    }

    @Override
    public String toString() {
      return "waiting for the next of " + order.open.size() + " tasks";
    }
  }
}
