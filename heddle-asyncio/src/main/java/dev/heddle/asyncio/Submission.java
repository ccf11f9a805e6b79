package dev.heddle.asyncio;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import org.jspecify.annotations.Nullable;

/** Waits for a task on a Heddle executor, which may run it in another process. */
final class Submission<T extends @Nullable Object> extends Operation<T> {
  private final Executor executor;
  private final TaskCallable<T> call;
  private @Nullable FutureWait<T> wait;

  Submission(Executor executor, TaskCallable<T> call) {
    this.executor = executor;
    this.call = call;
  }

  @Override
  @Nullable Object begin(Task<?> task) {
    if (wait != null) {
      throw new LoopStateException("this call was already awaited; a call runs once");
    }
    FutureWait<T> submitted = new FutureWait<>(executor.submit(call)); // a rejection is thrown at the await
    wait = submitted;
    return submitted.begin(task);
  }

  @Override
  boolean withdraw(Task<?> task) {
    return wait == null || wait.withdraw(task);
  }

  @Override
  public String toString() {
    return wait == null ? "a call on executor " + executor.name() : wait.toString();
  }
}
