package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together: a group's coroutine ends when its body and all its tasks have ended.
 *
 * <pre>{@code
 * TaskGroup group = TaskGroup.create();
 * a.await(group.run(b -> {
 *   for (String url : urls) {
 *     group.createTask(fetch(url));
 *   }
 *   return null;
 * }));   // here all of them have ended
 * }</pre>
 *
 * <p>If a task fails, the others and the body are cancelled, and when all have ended the coroutine throws a {@link
 * TaskGroupException} with all failures. An {@link Error} is thrown as it is. If the body fails or is cancelled from outside, the
 * tasks are cancelled too. A task of the group that is cancelled by itself is no failure. Groups nest.
 *
 * <p>Confined to the loop's thread. Each group is used once. Origin: {@code asyncio.TaskGroup}.
 */
public final class TaskGroup {
  private final Set<Task<?>> tasks = new LinkedHashSet<>();
  private final List<Throwable> errors = new ArrayList<>();

  /** The task that runs the body; null before. */
  private @Nullable Task<?> parent;

  private boolean bodyEnded;
  private boolean closed;

  /** Whether the tasks were cancelled, so that no new one may begin. */
  private boolean aborting;

  /** The number of the request to the parent to end, made because a task has failed; 0 if there was none. */
  private long request;

  /** How often the parent had been asked to end when the body began. */
  private int requestsBefore;

  private @Nullable Cancelled cancelled;
  private @Nullable Task<?> waiting;

  private TaskGroup() {}

  /** A group that takes tasks once its body runs. */
  public static TaskGroup create() {
    return new TaskGroup();
  }

  /** A coroutine that runs a body and waits for the tasks that were made in this group meanwhile. */
  public <T extends @Nullable Object> Async<T> run(AsyncBody<T> body) {
    return run(Async.of(body));
  }

  /** {@link #run(AsyncBody) run} of a coroutine that was made already. */
  public <T extends @Nullable Object> Async<T> run(Async<T> body) {
    Check.notNull(body, "body");
    return Async.of(
        Lookups.HERE,
        a -> {
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

  /**
   * Makes a coroutine a task of this group.
   *
   * @throws LoopStateException if the group's body has not begun, the group has ended, or a task has failed so that all are
   *     being cancelled; the coroutine is closed then
   */
  public <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine) {
    return createTask(null, Check.notNull(coroutine, "coroutine"));
  }

  /** Makes a coroutine a task of this group, with a name; see {@link #createTask(Async)}. */
  public <T extends @Nullable Object> Task<T> createTask(@Nullable String name, Async<T> coroutine) {
    if (parent == null || closed || aborting || (bodyEnded && tasks.isEmpty())) {
      coroutine.close();
      throw new LoopStateException(
          "this task group takes no tasks: "
              + (parent == null
                  ? "its body has not begun; create them inside group.run(b -> …)"
                  : aborting
                      ? "its tasks are being cancelled, because one has failed or it was cancelled"
                      : "it has ended"));
    }
    Task<T> task = parent.loop.newTask(coroutine, name);
    task.observe();
    tasks.add(task);
    task.whenDone(this::taskEnded);
    return task;
  }

  private void enter() {
    if (parent != null) {
      throw new LoopStateException("this TaskGroup was used before; make a new one for each body with TaskGroup.create()");
    }
    Task<?> task = EventLoop.current().currentTask();
    parent = task;
    requestsBefore = task == null ? 0 : task.cancelling();
  }

  private void taskEnded(Task<?> task) {
    tasks.remove(task);
    Throwable failure = task.failure();
    if (failure != null) {
      errors.add(failure);
      if (!aborting && parent != null) {
        abort("task '" + task.name() + "' of its group has failed");
        if (!bodyEnded) {
          request = parent.request("task '" + task.name() + "' of its group has failed");
        }
      }
    }
    if (tasks.isEmpty() && waiting != null) {
      Task<?> waker = waiting;
      waiting = null;
      waker.wake(null);
    }
  }

  private void abort(String why) {
    aborting = true;
    List.copyOf(tasks).forEach(each -> each.request(why));
  }

  private void bodyEnded(@Nullable Throwable thrown) {
    bodyEnded = true;
    if (thrown instanceof Cancelled signal) {
      cancelled = signal;
    }
    if (thrown != null && !aborting) {
      abort("the body of its group has " + (thrown instanceof Cancelled ? "been cancelled" : "failed"));
    }
  }

  private void cancelled(Cancelled signal) {
    cancelled = signal;
    if (!aborting) {
      abort("the body of its group has been cancelled");
    }
  }

  private void close(@Nullable Throwable thrown) {
    closed = true;
    if (request != 0 && parent != null && parent.withdraw(request) <= requestsBefore) {
      cancelled = null; // it was the group's own
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
    return "<TaskGroup " + (closed ? "ended" : parent == null ? "not begun" : tasks.size() + " tasks") + ">";
  }

  /** Waits for the group's tasks. */
  private static final class AllEnded extends Operation<@Nullable Void> {
    private final TaskGroup group;

    AllEnded(TaskGroup group) {
      this.group = group;
    }

    @Override
    @Nullable
    Object begin(Task<?> task) {
      group.waiting = task;
      task.loop.circles.suspect(task, group.tasks.stream());
      return PENDING;
    }

    @Override
    boolean withdraw(Task<?> task) {
      group.waiting = null;
      return true;
    }

    @Override
    Stream<Task<?>> needs() {
      return group.tasks.stream();
    }

    @Override
    boolean isBinding() {
      return true; // it can be withdrawn, but the group begins it again until all have ended
    }

    @Override
    boolean canBreakOff() {
      return false; // nobody leaves a group before its tasks have ended
    }

    @Override
    public String toString() {
      return "waiting for the " + group.tasks.size() + " tasks of its group";
    }
  }
}
