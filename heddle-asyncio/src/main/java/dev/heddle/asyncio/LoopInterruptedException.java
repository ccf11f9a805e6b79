package dev.heddle.asyncio;

/** Thrown by a run whose thread was interrupted; the thread's interrupt status is set again. */
public final class LoopInterruptedException extends AsyncioException {
  private static final long serialVersionUID = 1;

  LoopInterruptedException(boolean again, EventLoop loop) {
    super(
        again
            ? "the thread of the event loop was interrupted a second time; tasks that had not ended were given up:\n"
                + TaskDump.of(loop.live.toList())
            : "the thread of the event loop was interrupted; its tasks were cancelled and have ended",
        null);
  }
}
