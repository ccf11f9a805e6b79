package dev.heddle.asyncio.task;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.loop.Scheduler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A wait for a stage, which any thread may complete. */
public final class StageWait<T extends @Nullable Object> extends Operation<T> {
  private final CompletionStage<T> stage;
  private @Nullable LoopTask<?> waiting;
  private boolean begun;

  // Written by the completing thread, read after it has posted.
  private @Nullable Object result;
  private @Nullable Throwable error;
  private volatile boolean completed;

  /** A wait for the given stage. */
  public StageWait(CompletionStage<T> stage) {
    this.stage = stage;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) throws Exception {
    if (begun) {
      throw new LoopStateException(
          "this wait for " + stage + " was already awaited; call wrapFuture again, or await the stage itself");
    }
    begun = true;
    if (stage instanceof CompletableFuture<T> future && isDone(future)) {
      return done(future);
    }
    Scheduler scheduler = task.scheduler();
    waiting = task;
    scheduler.external().stageBegins();
    stage.whenComplete(
        (value, failure) -> {
          result = value;
          error = failure;
          completed = true;
          scheduler.post(this::resume); // refused if the loop has ended, and with it the wait
        });
    return PENDING;
  }

  private static boolean isDone(CompletableFuture<?> future) {
    try {
      return future.isDone();
    } catch (UnsupportedOperationException e) {
      return false; // a minimal stage, which is a future for the compiler only
    }
  }

  private static <T extends @Nullable Object> @Nullable Object done(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException | CancellationException e) {
      throw Unchecked.rethrow(cause(e));
    }
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
  }

  private void resume() {
    LoopTask<?> task = waiting;
    if (task == null) {
      return; // withdrawn
    }
    waiting = null;
    task.scheduler().external().stageEnds();
    if (error == null) {
      task.wake(result);
    } else {
      task.fail(cause(error));
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    if (completed || waiting == null) {
      return false;
    }
    waiting = null;
    task.scheduler().external().stageEnds();
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
