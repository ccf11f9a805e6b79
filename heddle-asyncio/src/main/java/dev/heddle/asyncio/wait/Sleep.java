package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.base.Describe;
import org.jspecify.annotations.Nullable;

/** Waits for some time, or until the other ready tasks have run once. The task itself is the timer. */
public final class Sleep extends Operation<@Nullable Void> {
  /** Lets the other ready tasks run once. */
  public static final Sleep NONE = new Sleep(0);

  private final long nanos;

  /** Waits for a number of nanoseconds; zero lets the other ready tasks run once. */
  public Sleep(long nanos) {
    this.nanos = nanos;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (nanos == 0) {
      task.wake(null);
    } else {
      task.scheduler().setTimer(task, nanos);
    }
    return PENDING;
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    task.scheduler().clearTimer(task);
    return true;
  }

  @Override
  public String toString() {
    return "sleeping for " + Describe.duration(java.time.Duration.ofNanos(nanos));
  }
}
