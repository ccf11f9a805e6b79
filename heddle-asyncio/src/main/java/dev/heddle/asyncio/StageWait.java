package dev.heddle.asyncio;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A wait for a stage, which any thread may complete. */
final class StageWait<T extends @Nullable Object> extends Operation<T> {
  private final CompletionStage<T> stage;
  private @Nullable Task<?> waiting;

  // Written by the completing thread, read after it has posted.
  private @Nullable Object result;
  private @Nullable Throwable error;
  private volatile boolean completed;

  StageWait(CompletionStage<T> stage) {
    this.stage = stage;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) throws Exception {
    if (stage instanceof CompletableFuture<T> future && future.isDone()) {
      return done(future);
    }
    EventLoop loop = task.loop;
    waiting = task;
    loop.outside.stageBegins();
    stage.whenComplete(
        (value, failure) -> {
          result = value;
          error = failure;
          completed = true;
          loop.post(this::resume); // if the loop has ended, nobody waits any more
        });
    return PENDING;
  }

  private static <T extends @Nullable Object> @Nullable Object done(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException | CancellationException e) {
      throw Cast.sneaky(cause(e));
    }
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
  }

  private void resume() {
    Task<?> task = waiting;
    if (task == null) {
      return; // withdrawn
    }
    waiting = null;
    task.loop.outside.stageEnds();
    if (error == null) {
      task.wake(result);
    } else {
      task.fail(cause(error));
    }
  }

  @Override
  boolean withdraw(Task<?> task) {
    if (completed || waiting == null) {
      return false;
    }
    waiting = null;
    task.loop.outside.stageEnds();
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // a stage may refuse to be converted; it goes on then, and its end is ignored
    }
    return true;
  }

  @Override
  public String toString() {
    return "waiting for " + stage;
  }
}
