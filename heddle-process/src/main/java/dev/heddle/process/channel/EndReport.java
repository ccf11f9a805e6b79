package dev.heddle.process.channel;

import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.dispatch.WorkerEnd;
import dev.heddle.process.launch.WorkerProcess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the end of a worker, also where there is no memory left in this program: nothing else would fail the worker's tasks, or let
 * the pool end. For the channel's thread.
 */
final class EndReport {
  private static final String NO_MEMORY = "its end could not be seen for lack of memory in this program; raise its -Xmx";
  private static final int MOST_TRIES = 1_000;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final WorkerProcess process;
  private WorkerEnd withoutMemory; // made while there is some

  EndReport(WorkerProcess process) {
    this.process = process;
    this.withoutMemory = process.endBy(NO_MEMORY);
  }

  /** The process was started and has a number. */
  void prepare() {
    withoutMemory = process.endBy(NO_MEMORY);
  }

  /** Returns the end of a worker that could not be observed. */
  WorkerEnd unseen(Throwable why) {
    try {
      return process.unseen("its end could not be seen: " + why);
    } catch (OutOfMemoryError e) {
      return withoutMemory;
    }
  }

  /** Tells an end, again after a pause if there is no memory; null if it is not known. */
  void tell(WorkerChannel.Listener listener, WorkerChannel channel, @Nullable WorkerEnd end) {
    for (int tries = 1;; tries++) {
      try {
        listener.gone(channel, end == null ? withoutMemory : end);
        return;
      } catch (OutOfMemoryError e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
  }
}
