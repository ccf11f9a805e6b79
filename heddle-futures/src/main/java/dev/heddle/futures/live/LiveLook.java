package dev.heddle.futures.live;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the program on a thread of its own, and waits for it a limited time only.
 *
 * <p>The calling thread holds locks of the Flight Recorder. An executor whose lock is needed may be held by a thread that waits
 * for the recorder: then the look comes too late, and both go on.
 */
final class LiveLook {
  private static final int MOST_ROWS = 2_000;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
  private static final long PATIENCE_OF_OBJECTS = TimeUnit.MILLISECONDS.toNanos(200);

  private @Nullable FutureTask<LiveRows> pending; // one that came too late, and may not have ended

  /** Returns the rows; null if they could not be gathered in time. */
  synchronized @Nullable LiveRows take() {
    FutureTask<LiveRows> task = pending;
    if (task == null || task.isDone()) {
      task = new FutureTask<>(() -> LiveObjects.describe(MOST_ROWS, PATIENCE_OF_OBJECTS));
      pending = task;
      try {
        Thread.ofPlatform().daemon().name("heddle-live").inheritInheritableThreadLocals(false).start(task);
      } catch (OutOfMemoryError e) { // no more threads
        pending = null;
        return null;
      }
    }
    try {
      LiveRows rows = task.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
      pending = null;
      return rows;
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      pending = null;
      return null;
    }
  }
}
