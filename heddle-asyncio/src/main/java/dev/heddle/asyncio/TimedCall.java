package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** A callback at a moment. It runs by itself, so that it can still be cancelled when it is due and has not run. */
final class TimedCall extends Timer implements EventLoop.Scheduled, Runnable {
  private final EventLoop loop;
  private @Nullable Runnable callback;

  TimedCall(EventLoop loop, Runnable callback) {
    this.loop = loop;
    this.callback = callback;
  }

  @Override
  void fire() {
    loop.ready((Runnable) this);
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
    loop.checkInside("cancel");
    callback = null;
    loop.timers.remove(this);
  }
}
