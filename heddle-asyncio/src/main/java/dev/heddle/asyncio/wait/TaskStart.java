package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Promise;
import dev.heddle.asyncio.TaskStatus;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.base.Check;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The start of a task of a group: until it has reported that it has started, its failure is that of the start, and not the
 * group's.
 */
public final class TaskStart<R extends @Nullable Object> implements TaskStatus<R> {
  private final LoopTaskGroup group;
  private final Promise<R> reported = Promise.create();
  private @Nullable LoopTask<?> task;

  private TaskStart(LoopTaskGroup group) {
    this.group = group;
  }

  static <R extends @Nullable Object> Async<R> of(
      LoopTaskGroup group, Function<? super TaskStatus<R>, ? extends Async<?>> starting) {
    Check.notNull(starting, "task");
    return Async.of(
        OwnLookup.HERE,
        a -> {
          TaskStart<R> start = new TaskStart<>(group);
          LoopTask<?> begun = LoopTask.of(group.createTask(starting.apply(start)));
          start.task = begun;
          if (!start.reported.isDone()) {
            group.starts(begun);
          }
          begun.whenDone(start::ended);
          try {
            return a.await(start.reported);
          } catch (Cancelled c) {
            if (!start.reported.isDone()) {
              begun.request("the wait for its start was cancelled");
              try {
                a.await(Asyncio.shield(start.reported)); // until it has ended, or started nevertheless
              } catch (Throwable t) {
                if (t == begun.failure()) {
                  c.addSuppressed(t);
                }
              } finally {
                group.hasStarted(begun); // if it goes on, it is a task of the group as any other
              }
            }
            throw c;
          }
        });
  }

  @Override
  public void started(R value) {
    if (!reported.complete(value)) {
      throw new LoopStateException(
          "started was called before, or this task has ended; call it once, when the task has started");
    }
    if (task != null) {
      group.hasStarted(task);
    }
  }

  private void ended(LoopTask<?> ended) {
    if (reported.isDone()) {
      return;
    }
    Throwable failure = ended.failure();
    if (failure != null) {
      reported.completeExceptionally(failure);
    } else if (ended.isCancelled()) {
      reported.completeExceptionally(
          new CancellationException("task '" + ended.name() + "' was cancelled before it had started"));
    } else {
      reported.completeExceptionally(
          new LoopStateException(
              "task '" + ended.name() + "' has ended without saying that it has started; call status.started(value) in it"));
    }
  }
}
