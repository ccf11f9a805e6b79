package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.FutureOperation;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import org.jspecify.annotations.Nullable;

/** Waits for a call on a Heddle executor, which may run it in another process. */
public final class ExecutorCall<T extends @Nullable Object> extends Operation<T> {
  private final Executor executor;
  private final TrackedCall<T> call;
  private @Nullable FutureOperation<T> wait;

  /** The task that waits for the end of a call whose future was cancelled. */
  private @Nullable LoopTask<?> waiting;

  /** A call that is submitted when it is awaited. */
  public ExecutorCall(Executor executor, TaskCallable<T> call) {
    this.executor = executor;
    this.call = new TrackedCall<>(call);
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (wait != null) {
      throw new LoopStateException("this call was already awaited; a call runs once");
    }
    FutureOperation<T> submitted = new FutureOperation<>(executor.submit(call)); // a rejection is thrown at the await
    wait = submitted;
    return submitted.begin(task);
  }

  /** Cancels the future, which interrupts the call; a call in this JVM is waited for, so that nothing goes on unobserved. */
  @Override
  protected boolean withdraw(LoopTask<?> task) {
    if (waiting != null || (wait != null && !wait.withdraw(task))) {
      return false;
    }
    if (call.stop(() -> task.scheduler().post(this::ended))) {
      waiting = task;
      task.scheduler().external().workBegins();
      return false;
    }
    return true;
  }

  private void ended() {
    LoopTask<?> task = waiting;
    if (task != null) {
      waiting = null;
      task.scheduler().external().workEnds();
      call.wake(task);
    }
  }

  @Override
  public String toString() {
    return waiting != null
        ? "waiting for a cancelled call on executor " + executor.name() + " to end"
        : wait == null ? "a call on executor " + executor.name() : wait.toString();
  }
}
