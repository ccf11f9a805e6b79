package dev.heddle.asyncio.loop;

import dev.heddle.asyncio.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A callback that runs at a given time. When it is due, it enters the ready queue; until it runs there, it can be cancelled.
 */
final class ScheduledCall extends Timer implements EventLoop.TimerHandle, Runnable {
  private final Scheduler scheduler;
  private @Nullable Runnable callback;

  ScheduledCall(Scheduler scheduler, Runnable callback) {
    this.scheduler = scheduler;
    this.callback = callback;
  }

  @Override
  protected void fire() {
    scheduler.ready(this);
  }

  @Override
  public void run() {
    Runnable due = callback;
    callback = null;
    if (due != null) {
      due.run();
    }
  }

  @Override
  public void cancel() {
    scheduler.checkInside("cancel");
    callback = null;
    scheduler.clearTimer(this);
  }
}
