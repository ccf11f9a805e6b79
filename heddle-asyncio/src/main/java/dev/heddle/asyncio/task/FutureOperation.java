package dev.heddle.asyncio.task;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.loop.ExternalWork;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import dev.heddle.futures.core.CoreFuture;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A wait for a Heddle future: work that is under way on an executor. */
public final class FutureOperation<T extends @Nullable Object> extends Operation<T> implements ExternalWork.Idling {
  private final Future<T> future;
  private @Nullable LoopTask<?> waiting;
  private boolean begun;

  /** A wait for the given future. */
  public FutureOperation(Future<T> future) {
    this.future = future;
  }

  @Override
  @Nullable
  public Object begin(LoopTask<?> task) {
    if (begun) {
      throw new LoopStateException(
          "this wait for " + future + " was already awaited; call wrapFuture again, or await the future itself");
    }
    begun = true;
    if (future.isDone()) {
      Throwable error = error();
      if (error != null) {
        throw Unchecked.rethrow(error);
      }
      return future.result();
    }
    Scheduler scheduler = task.scheduler();
    waiting = task;
    scheduler.external().begins(this);
    future.addDoneCallback(_ -> {
      if (!scheduler.post(this::resume)) { // the loop has ended, and with it the wait
        giveBack();
      }
    });
    return PENDING;
  }

  private @Nullable Throwable error() {
    return future.isCancelled()
        ? new CancellationException("task '" + future.name() + "' was cancelled")
        : future.exception();
  }

  private void resume() {
    LoopTask<?> task = waiting;
    if (task == null) {
      return; // withdrawn
    }
    waiting = null;
    task.scheduler().external().ends(this);
    if (task.isDone()) { // given up
      giveBack();
      return;
    }
    Throwable error = error();
    if (error == null) {
      task.wake(future.result());
    } else {
      task.fail(error);
    }
  }

  @Override
  public boolean withdraw(LoopTask<?> task) {
    if (waiting == null || (!future.cancel(true) && future.isDone())) {
      return false;
    }
    waiting = null;
    task.scheduler().external().ends(this);
    return true;
  }

  /** Closes a permit that no task will get any more. */
  private void giveBack() {
    if (error() == null && future.result() instanceof Permit permit) {
      permit.close();
    }
  }

  /** Whether it waits for a permit or a stage, rather than for work that is under way. */
  @Override
  public boolean isIdle() {
    return future instanceof CoreFuture<T> known && known.isIdle();
  }

  @Override
  public String toString() {
    return "waiting for " + future;
  }
}
