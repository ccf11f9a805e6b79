package dev.heddle.asyncio;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import org.jspecify.annotations.Nullable;

/** Waits for a task on a Heddle executor, which may run it in another process. */
final class Submission<T extends @Nullable Object> extends Operation<T> {
  private final Executor executor;
  private final Followed<T> call;
  private @Nullable FutureWait<T> wait;

  /** Who waits for the end of a call whose future was cancelled. */
  private @Nullable Task<?> waiting;

  Submission(Executor executor, TaskCallable<T> call) {
    this.executor = executor;
    this.call = new Followed<>(call);
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (wait != null) {
      throw new LoopStateException("this call was already awaited; a call runs once");
    }
    FutureWait<T> submitted = new FutureWait<>(executor.submit(call)); // a rejection is thrown at the await
    wait = submitted;
    return submitted.begin(task);
  }

  /** Cancels the future, which tells the call to end; if it runs in this JVM, it is waited for, so that nothing goes on. */
  @Override
  boolean withdraw(Task<?> task) {
    if (waiting != null || (wait != null && !wait.withdraw(task))) {
      return false;
    }
    if (call.stop(() -> task.loop.post(this::ended))) {
      waiting = task;
      task.loop.outside.workBegins();
      return false;
    }
    return true;
  }

  private void ended() {
    Task<?> task = waiting;
    if (task != null) {
      waiting = null;
      task.loop.outside.workEnds();
      call.tell(task);
    }
  }

  @Override
  public String toString() {
    return waiting != null
        ? "waiting for a cancelled call on executor " + executor.name() + " to end"
        : wait == null ? "a call on executor " + executor.name() : wait.toString();
  }
}
