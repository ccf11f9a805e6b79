package dev.heddle.futures;

import java.time.Duration;

/** What a task fails with when it ran longer than its own time-out ({@link TaskOptions#timeout}). */
public final class TaskTimeoutException extends FuturesException {
  private final Duration timeout;

  TaskTimeoutException(String task, Duration timeout) {
    super(
        "task '" + task + "' was stopped: it ran longer than its time-out of " + Text.of(timeout)
            + "; allow it more with TaskOptions.timeout, or make it do less",
        null);
    this.timeout = timeout;
  }

  /** How long the task was allowed to run. */
  public Duration timeout() {
    return timeout;
  }
}
