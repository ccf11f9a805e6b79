package dev.heddle.futures;

import dev.heddle.base.Describe;
import java.time.Duration;

/** The failure of a task that ran longer than its time-out ({@link TaskOptions#timeout}), or than the deadline of its retries. */
public final class TaskTimeoutException extends FuturesException {
  private final Duration timeout;

  /** A task that ran longer than {@link TaskOptions#timeout}; for executors. */
  public TaskTimeoutException(String task, Duration timeout) {
    this(
        task, timeout, "ran longer than its time-out of " + Describe.duration(timeout),
        "allow it more with TaskOptions.timeout, or split the task");
  }

  private TaskTimeoutException(String task, Duration timeout, String what, String remedy) {
    super("task '" + task + "' was stopped: it " + what + "; " + remedy, null);
    this.timeout = timeout;
  }

  /**
   * A task whose attempt was under way when the deadline of its retries passed; for executors.
   *
   * @param left how much of the deadline was left when the attempt began
   */
  public static TaskTimeoutException atDeadline(String task, Duration left) {
    return new TaskTimeoutException(
        task, left, "was under way at the deadline of its retries, which left this attempt " + Describe.measured(left),
        "allow more with Retry.withDeadline, or fewer or shorter attempts");
  }

  /** How long the task was allowed to run. */
  public Duration timeout() {
    return timeout;
  }
}
