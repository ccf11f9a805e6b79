package dev.heddle.asyncio;

import dev.heddle.asyncio.wait.LoopTaskGroup;
import dev.heddle.base.Check;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scope for tasks: the group's coroutine ends when its body and all its tasks have ended.
 *
 * <pre>{@code
 * TaskGroup group = TaskGroup.create();
 * a.await(group.run(b -> {
 *   for (String url : urls) {
 *     group.createTask(fetch(url));
 *   }
 * }));   // here all of them have ended
 * }</pre>
 *
 * <p>If a task fails, the others and the body are cancelled, and when all have ended the coroutine throws a {@link
 * TaskGroupException} with all failures. An {@link Error} is thrown as it is. If the body fails or is cancelled from
 * outside, the tasks are cancelled too. A task of the group that is cancelled individually is no failure. Groups nest.
 *
 * <p>Confined to the loop's thread. Each group is used once. Origin: {@code asyncio.TaskGroup}.
 */
public sealed interface TaskGroup permits LoopTaskGroup {

  /** Returns a group that takes tasks once its body runs. */
  static TaskGroup create() {
    return new LoopTaskGroup(Integer.MAX_VALUE);
  }

  /**
   * Returns a group that runs at most so many of its tasks at once; others wait, in the order in which they were made,
   * before they begin. One that is cancelled while it waits does not begin. A task that waits for one of the same group may
   * wait for ever.
   *
   * @param limit at least 1
   */
  static TaskGroup create(int limit) {
    return new LoopTaskGroup(Check.positive(limit, "limit", "or use create(), which has none"));
  }

  /** Returns a coroutine that runs a body and waits for the tasks that were made in this group meanwhile. */
  <T extends @Nullable Object> Async<T> run(AsyncBody<T> body);

  /**
   * Returns a coroutine that runs a body without a result, as {@link #run(AsyncBody)}.
   *
   * @param then further bodies, each run when the one before it has ended
   */
  default Async<@Nullable Void> run(AsyncAction body, AsyncAction... then) {
    return run(Async.of(body, then));
  }

  /** Returns a coroutine that awaits one that was made already, as the body; see {@link #run(AsyncBody)}. */
  <T extends @Nullable Object> Async<T> run(Async<T> body);

  /**
   * Makes a coroutine a task of this group.
   *
   * @throws LoopStateException if the group's body has not begun, the group has ended, or a task has failed so that all are
   *     being cancelled; the coroutine is closed then
   */
  <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine);

  /** Makes a coroutine a task of this group, with a name; see {@link #createTask(Async)}. */
  <T extends @Nullable Object> Task<T> createTask(@Nullable String name, Async<T> coroutine);

  /**
   * Makes a task of this group and waits until it says that it has started.
   *
   * <pre>{@code
   * int port = a.await(group.<Integer>start(status -> serve(status)));   // serve calls status.started(port) when it listens
   * }</pre>
   *
   * <p>What the task throws before it has started is thrown at the await, and does not cancel the group; so is a
   * LoopStateException if it ends without having said so. Cancelling the wait cancels a task that has not started, and waits
   * for its end; one that says then that it has started goes on as a task of the group.
   *
   * <p>Origin: {@code nursery.start} of Trio.
   *
   * @param task makes the coroutine of the task
   * @return its value is what the task has passed to {@link TaskStatus#started}
   */
  <R extends @Nullable Object> Async<R> start(Function<? super TaskStatus<R>, ? extends Async<?>> task);

  /**
   * Cancels the body and all tasks. That is no failure: the group's coroutine ends, when all have ended, with the body's
   * result, or null if the body was cut short. Does nothing if the group has ended or is being cancelled.
   *
   * <p>Origin: {@code TaskGroup.cancel}, {@code cancel_scope.cancel} of Trio.
   *
   * @throws LoopStateException if the body has not begun
   */
  void cancel();
}
