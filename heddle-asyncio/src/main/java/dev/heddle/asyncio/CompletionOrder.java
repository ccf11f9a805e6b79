package dev.heddle.asyncio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks in the order in which they end. */
final class CompletionOrder<T extends @Nullable Object> implements AsyncIterator<Task<T>>, TaskObserver {
  private final EventLoop loop;
  private final java.time.@Nullable Duration limit;
  private final Set<Task<T>> open = new LinkedHashSet<>();
  private final Deque<Task<T>> ended = new ArrayDeque<>();
  private @Nullable Task<?> waiting;
  private EventLoop.@Nullable Scheduled alarm;
  private boolean late;

  CompletionOrder(EventLoop loop, Set<Task<T>> tasks, java.time.@Nullable Duration limit) {
    this.loop = loop;
    this.limit = limit;
    open.addAll(tasks);
    for (Task<T> each : tasks) {
      each.observe();
      each.whenDone(this);
    }
    if (limit != null && !open.isEmpty()) {
      alarm = loop.callLater(limit, this::expire);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // it observes only tasks of its own type
  public void done(Task<?> task) {
    open.remove(task);
    ended.add((Task<T>) task);
    if (open.isEmpty()) {
      stop();
    }
    if (waiting != null) {
      Task<?> waiter = waiting;
      waiting = null;
      waiter.wake(true);
    }
  }

  private void expire() {
    late = true;
    if (waiting != null && limit != null) {
      Task<?> waiter = waiting;
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
    Task<T> next = ended.poll();
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
    Object begin(Task<?> task) {
      order.loop.checkOwn(task.loop, "asCompleted");
      if (!order.ended.isEmpty() || order.open.isEmpty()) {
        return !order.ended.isEmpty();
      }
      if (order.late && order.limit != null) {
        throw new AsyncTimeoutException(order.limit, null);
      }
      if (order.waiting != null) {
        throw new LoopStateException("another task waits for the same asCompleted; one at a time may");
      }
      order.waiting = task;
      return PENDING;
    }

    @Override
    boolean withdraw(Task<?> task) {
      order.waiting = null;
      return true;
    }

    @Override
    Stream<Task<?>> needs() {
      return order.open.stream().map(each -> each);
    }

    @Override
    public String toString() {
      return "waiting for the next of " + order.open.size() + " tasks";
    }
  }
}
