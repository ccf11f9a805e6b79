package dev.heddle.asyncio;

import dev.heddle.asyncio.wait.TaskStart;
import org.jspecify.annotations.Nullable;

/**
 * The means by which a task that {@link TaskGroup#start} has begun says that it has started, such as that it listens.
 *
 * <p>Confined to the loop's thread; does not block. Origin: {@code task_status} of Trio.
 *
 * @param <R> the type of what the task reports
 */
public sealed interface TaskStatus<R extends @Nullable Object> permits TaskStart {

  /**
   * Ends the wait for the start, with a value for the caller; the task goes on as any task of its group.
   *
   * @throws LoopStateException if it was called before
   */
  void started(R value);
}
