package dev.heddle.asyncio;

import dev.heddle.asyncio.wait.LoopTaskGroup;
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
 * TaskGroupException} with all failures. An {@link Error} is thrown as it is. If the body fails or is cancelled from outside, the
 * tasks are cancelled too. A task of the group that is cancelled individually is no failure. Groups nest.
 *
 * <p>Confined to the loop's thread. Each group is used once. Origin: {@code asyncio.TaskGroup}.
 */
public sealed interface TaskGroup permits LoopTaskGroup {

  /** Returns a group that takes tasks once its body runs. */
  static TaskGroup create() {
    return new LoopTaskGroup();
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
}
