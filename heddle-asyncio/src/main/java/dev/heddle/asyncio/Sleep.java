package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** Waits for some time, or just for the other tasks that are ready. The task itself is the timer. */
final class Sleep extends Operation<@Nullable Void> {
  /** Lets the others run once. */
  static final Sleep NONE = new Sleep(0);

  private final long nanos;

  Sleep(long nanos) {
    this.nanos = nanos;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    EventLoop loop = task.loop;
    if (nanos == 0) {
      task.wake(null);
    } else {
      loop.timers.add(task, loop.nanoTime() + nanos);
    }
    return PENDING;
  }

  @Override
  boolean withdraw(Task<?> task) {
    task.loop.timers.remove(task);
    return true;
  }

  @Override
  public String toString() {
    return "sleeping for " + java.time.Duration.ofNanos(nanos);
  }
}
