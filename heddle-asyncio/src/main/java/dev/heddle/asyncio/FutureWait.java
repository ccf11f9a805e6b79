package dev.heddle.asyncio;

import dev.heddle.futures.Future;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A wait for a Heddle future: work that is under way on an executor. */
final class FutureWait<T extends @Nullable Object> extends Operation<T> {
  private final Future<T> future;
  private @Nullable Task<?> waiting;

  FutureWait(Future<T> future) {
    this.future = future;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (future.isDone()) {
      Throwable error = error();
      if (error != null) {
        throw Cast.sneaky(error);
      }
      return future.result();
    }
    EventLoop loop = task.loop;
    waiting = task;
    loop.outside.workBegins();
    future.addDoneCallback(_ -> loop.post(this::resume)); // if the loop has ended, nobody waits any more
    return PENDING;
  }

  private @Nullable Throwable error() {
    return future.isCancelled()
        ? new CancellationException("task '" + future.name() + "' was cancelled")
        : future.exception();
  }

  private void resume() {
    Task<?> task = waiting;
    if (task == null) {
      return; // withdrawn
    }
    waiting = null;
    task.loop.outside.workEnds();
    Throwable error = error();
    if (error == null) {
      task.wake(future.result());
    } else {
      task.fail(error);
    }
  }

  @Override
  boolean withdraw(Task<?> task) {
    if (waiting == null || (!future.cancel(true) && future.isDone())) {
      return false;
    }
    waiting = null;
    task.loop.outside.workEnds();
    return true;
  }

  @Override
  public String toString() {
    return "waiting for " + future;
  }
}
