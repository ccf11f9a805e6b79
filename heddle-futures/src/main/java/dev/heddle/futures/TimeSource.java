package dev.heddle.futures;

import dev.heddle.futures.task.SystemTime;
import java.time.Duration;

/**
 * The clock of an executor, for the time-outs of tasks and the pauses between retries.
 *
 * <p>Tests replace it with a virtual clock. Thread-safe; no method blocks. Waits of callers ({@code result(timeout)}) use
 * the system's clock.
 */
public interface TimeSource {

  /** The system's time, with one daemon thread for all executors. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** Nanoseconds since an arbitrary moment; only differences are meaningful. */
  long nanoTime();

  /**
   * Runs an action once, later, on a thread of the time source. The action must be quick.
   *
   * @param delay from now; zero or more
   */
  Scheduled schedule(Duration delay, Runnable action);

  /** An action that will run later. */
  @FunctionalInterface
  interface Scheduled {

    /** Cancels the action if it has not run. */
    void cancel();
  }
}
