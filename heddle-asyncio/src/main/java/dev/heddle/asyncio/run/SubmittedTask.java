package dev.heddle.asyncio.run;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.task.AsyncCoroutine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A task that another thread has submitted, and its future: the end of one ends the other. */
final class SubmittedTask {

  private SubmittedTask() {}

  /** See {@link EventLoop#submit}. */
  static <T extends @Nullable Object> CompletableFuture<T> of(EventLoop loop, AsyncCoroutine<T> coroutine) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      loop.callSoon(() -> begin(loop, coroutine, future));
    } catch (RejectedExecutionException e) {
      coroutine.close();
      throw e;
    }
    return future;
  }

  private static <T extends @Nullable Object> void begin(
      EventLoop loop, AsyncCoroutine<T> coroutine, CompletableFuture<T> future) {
    if (future.isDone()) {
      coroutine.close(); // cancelled before it has begun
      return;
    }
    Task<T> task;
    try {
      task = loop.createTask(coroutine);
    } catch (LoopStateException e) {
      if (coroutine.isTaken()) {
        future.completeExceptionally(e); // it was awaited or made a task before
      } else {
        coroutine.close();
        CancellationException ended = new CancellationException("the run of the event loop has ended without this task");
        ended.initCause(e);
        future.completeExceptionally(ended);
      }
      return;
    }
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
}
