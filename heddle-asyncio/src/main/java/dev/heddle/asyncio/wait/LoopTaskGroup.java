package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncBody;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Semaphore;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.TaskGroup;
import dev.heddle.asyncio.TaskGroupException;
import dev.heddle.asyncio.TaskStatus;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.futures.Permit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task group.
 *
 * <pre>
 * NEW ──► BODY_RUNS ──► BODY_ENDED ──► ENDED
 *             └──────────────┴──► aborting: the tasks were cancelled, and no new one may begin
 * </pre>
 */
public final class LoopTaskGroup implements TaskGroup {
  private enum State {
    NEW, BODY_RUNS, BODY_ENDED, ENDED
  }

  private final TaskGroupMembers tasks = new TaskGroupMembers(this::taskEnded);
  private final List<Throwable> errors = new ArrayList<>();
  private State state = State.NEW;
  private boolean aborting;

  /** The task that runs the body; null before. */
  private @Nullable LoopTask<?> parent;

  /** The number of the cancellation request that the group has made to the parent; 0 if there is none. */
  private long request;

  /** The number of cancellation requests of the parent when the body began. */
  private int requestsBefore;

  private @Nullable Cancelled cancelled;

  /** The parent while it waits for the tasks. */
  private @Nullable LoopTask<?> waiting;

  /** Limits the tasks that run at once; null if there is no limit. */
  private final @Nullable Semaphore running;

  /** The tasks that have begun, but have not said that they have started. */
  private final Set<LoopTask<?>> starting = new LinkedHashSet<>();

  /** A group that takes tasks once its body runs, and runs at most so many at once. */
  public LoopTaskGroup(int limit) {
    running = limit == Integer.MAX_VALUE ? null : new Semaphore(limit);
  }

  @Override
  public <T extends @Nullable Object> Async<T> run(AsyncBody<T> body) {
    return run(Async.of(body));
  }

  @Override
  public <T extends @Nullable Object> Async<T> run(Async<T> body) {
    Check.notNull(body, "body");
    return Async.of(
        OwnLookup.HERE,
        a -> {
          try {
            a.await(CompletedOperation.checkpoint());
          } catch (Throwable t) {
            body.close();
            throw t;
          }
          enter();
          T result = null;
          Throwable thrown = null;
          try {
            result = a.await(body);
          } catch (Throwable t) {
            thrown = t;
          }
          bodyEnded(thrown);
          while (!tasks.isEmpty()) {
            try {
              a.await(new AllEnded(this));
            } catch (Cancelled c) {
              cancelled(c);
            }
          }
          close(thrown);
          return Cast.to(result);
        });
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine) {
    return createTask(null, Check.notNull(coroutine, "coroutine"));
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(@Nullable String name, Async<T> coroutine) {
    LoopTask<?> owner = parent;
    if (owner == null || state == State.ENDED || aborting || (state == State.BODY_ENDED && tasks.isEmpty())) {
      coroutine.close();
      throw new LoopStateException(
          "this task group takes no tasks: "
              + (owner == null
                  ? "its body has not begun; create them inside group.run(b -> …)"
                  : aborting
                      ? "its tasks are being cancelled, because one has failed or it was cancelled"
                      : "it has ended"));
    }
    LoopTask<T> task = owner.host().newTask((AsyncCoroutine<T>) limited(coroutine), name);
    task.observe();
    tasks.add(task);
    return task;
  }

  private <T extends @Nullable Object> Async<T> limited(Async<T> coroutine) {
    Semaphore limit = running;
    if (limit == null) {
      return coroutine;
    }
    ((AsyncCoroutine<T>) coroutine).checkUnused(); // now rather than when it has its turn
    return Async.of(
        OwnLookup.HERE,
        a -> {
          Permit permit;
          try {
            permit = a.await(limit.acquire());
          } catch (Cancelled c) {
            coroutine.close();
            throw c;
          }
          LoopTask.of(Asyncio.currentTask()).whenDone(_ -> permit.close()); // after the group has seen its end, and what follows from it
          return a.await(coroutine);
        });
  }

  @Override
  public <R extends @Nullable Object> Async<R> start(Function<? super TaskStatus<R>, ? extends Async<?>> task) {
    return TaskStart.of(this, task);
  }

  /** A task has begun that will say when it has started. */
  void starts(LoopTask<?> task) {
    starting.add(task);
  }

  void hasStarted(LoopTask<?> task) {
    starting.remove(task);
  }

  @Override
  public void cancel() {
    LoopTask<?> owner = parent;
    if (owner == null) {
      throw new LoopStateException("this task group cannot be cancelled: its body has not begun");
    }
    owner.scheduler().checkInside("TaskGroup.cancel");
    if (state != State.ENDED && !aborting) {
      abortAll("its group was cancelled");
    }
  }

  private void enter() {
    if (state != State.NEW) {
      throw new LoopStateException("this TaskGroup was used before; make a new one for each body with TaskGroup.create()");
    }
    LoopTask<?> task = TaskHost.require().currentTask();
    parent = task;
    state = State.BODY_RUNS;
    requestsBefore = task == null ? 0 : task.cancelling();
  }

  private void taskEnded(LoopTask<?> task) {
    Throwable failure = task.failure();
    boolean hadNotStarted = !starting.isEmpty() && starting.remove(task);
    if (!hadNotStarted && failure != null) {
      errors.add(failure);
      if (!aborting) {
        abortAll("task '" + task.name() + "' of its group has failed");
      }
    }
    if (tasks.isEmpty() && waiting != null) {
      LoopTask<?> waiter = waiting;
      waiting = null;
      waiter.wake(null);
    }
  }

  /** Cancels the tasks, and the body if it runs. */
  private void abortAll(String why) {
    abort(why);
    if (state == State.BODY_RUNS && parent != null) {
      request = parent.request(why);
    }
  }

  private void abort(String why) {
    aborting = true;
    tasks.toList().forEach(each -> each.request(why));
  }

  private void bodyEnded(@Nullable Throwable thrown) {
    state = State.BODY_ENDED;
    if (thrown instanceof Cancelled signal) {
      cancelled = signal;
    }
    if (thrown != null && !aborting) {
      abort("the body of its group " + (thrown instanceof Cancelled ? "was cancelled" : "has failed"));
    }
  }

  private void cancelled(Cancelled signal) {
    cancelled = signal;
    if (!aborting) {
      abort("the body of its group was cancelled");
    }
  }

  private void close(@Nullable Throwable thrown) {
    state = State.ENDED;
    if (request != 0 && parent != null && parent.withdraw(request) <= requestsBefore) {
      cancelled = null; // it was the group's own request
    }
    boolean known = errors.stream().anyMatch(each -> each == thrown); // the body has awaited the task that failed with it
    if (thrown != null && !(thrown instanceof Cancelled) && !known) {
      errors.add(thrown);
    }
    if (errors.isEmpty()) {
      if (cancelled != null) {
        throw cancelled;
      }
      return;
    }
    if (cancelled != null && parent != null) {
      parent.requestAgain(); // the failures are thrown now, and the cancellation from outside at the next await
    }
    for (Throwable each : errors) {
      if (each instanceof Error error) {
        errors.stream().filter(other -> other != error).forEach(error::addSuppressed);
        throw error;
      }
    }
    throw new TaskGroupException(
        errors.size() + (errors.size() == 1 ? " failure" : " failures") + " in a task group: "
            + errors.stream().map(Throwable::toString).collect(Collectors.joining("; ")),
        errors);
  }

  @Override
  public String toString() {
    return "<TaskGroup "
        + switch (state) {
          case NEW -> "not begun";
          case BODY_RUNS, BODY_ENDED -> tasks.size() + " tasks";
          case ENDED -> "ended";
        }
        + ">";
  }

  /** Waits for the group's tasks. */
  private static final class AllEnded extends Operation<@Nullable Void> {
    private final LoopTaskGroup group;

    AllEnded(LoopTaskGroup group) {
      this.group = group;
    }

    @Override
    protected @Nullable Object begin(LoopTask<?> task) {
      group.waiting = task;
      task.host().deadlocks().suspect(task, group.tasks.stream());
      return PENDING;
    }

    @Override
    protected boolean withdraw(LoopTask<?> task) {
      group.waiting = null;
      return true;
    }

    @Override
    protected Stream<LoopTask<?>> needs() {
      return group.tasks.stream();
    }

    @Override
    protected boolean isBinding() {
      return true; // it can be withdrawn, but the group begins it again until all tasks have ended
    }

    @Override
    protected boolean canBreakOff() {
      return false; // a group does not end before its tasks
    }

    @Override
    public String toString() {
      return "waiting for the " + group.tasks.size() + " tasks of its group";
    }
  }
}
