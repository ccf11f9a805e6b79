package dev.heddle.asyncio.run;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.task.AsyncCoroutine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task that another thread has submitted, and its future: the end of one ends the other. */
final class SubmittedTask {

  private SubmittedTask() {}

  /** See {@link EventLoop#submit}. */
  static <T extends @Nullable Object> CompletableFuture<T> of(RunningLoop loop, AsyncCoroutine<T> coroutine) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      Runnable begin = loop.carried(() -> begin(loop, coroutine, future));
      loop.enqueue(() -> {
        try {
          begin.run();
        } catch (Throwable t) { // such as of a context carrier
          failed(loop, coroutine, future, t);
        }
      });
    } catch (Throwable t) { // such as a rejection, since the run has ended
      coroutine.close();
      throw t;
    }
    return future;
  }

  private static <T extends @Nullable Object> void begin(
      RunningLoop loop, AsyncCoroutine<T> coroutine, CompletableFuture<T> future) {
    if (future.isDone()) {
      coroutine.close(); // cancelled before it has begun
      return;
    }
    Task<T> task = loop.createTask(coroutine);
    task.toCompletableFuture().whenComplete((result, error) -> {
      if (error == null) {
        future.complete(result);
      } else if (error instanceof CancellationException) {
        future.cancel(false);
      } else {
        future.completeExceptionally(error);
      }
    });
    future.whenComplete((_, _) -> task.cancel("its future was cancelled or completed")); // does nothing if the task has ended
  }

  private static void failed(RunningLoop loop, AsyncCoroutine<?> coroutine, CompletableFuture<?> future, Throwable failure) {
    if (loop.scheduler().isClosed() && !coroutine.isTaken()) {
      CancellationException ended = new CancellationException("the run of the event loop has ended without this task");
      ended.initCause(failure);
      future.completeExceptionally(ended);
    } else {
      future.completeExceptionally(failure); // such as of a coroutine that was awaited or made a task before
    }
    coroutine.close();
  }
}
