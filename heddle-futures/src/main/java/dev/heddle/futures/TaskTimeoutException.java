package dev.heddle.futures;

import dev.heddle.base.Describe;
import java.time.Duration;

/** The failure of a task that ran longer than its time-out ({@link TaskOptions#timeout}). */
public final class TaskTimeoutException extends FuturesException {
  private final Duration timeout;

  /** A task that ran too long; for executors. */
  public TaskTimeoutException(String task, Duration timeout) {
    super(
        "task '" + task + "' was stopped: it ran longer than its time-out of " + Describe.duration(timeout)
            + "; allow it more with TaskOptions.timeout, or with Retry.withDeadline if that is what ended it, or split the task",
        null);
    this.timeout = timeout;
  }

  /** How long the task was allowed to run. */
  public Duration timeout() {
    return timeout;
  }
}
