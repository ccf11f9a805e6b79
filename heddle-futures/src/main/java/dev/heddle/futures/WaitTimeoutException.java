package dev.heddle.futures;

import dev.heddle.base.Describe;
import java.time.Duration;

/** Thrown by a wait whose time-out has elapsed; the tasks waited for continue, unless the message says otherwise. */
public final class WaitTimeoutException extends FuturesException {
  private final Duration timeout;

  /**
   * A wait that has timed out; for executors.
   *
   * @param what what was waited for
   */
  public WaitTimeoutException(String what, Duration timeout) {
    this(what, timeout, "it goes on: wait again, wait longer, or cancel it");
  }

  /**
   * A wait that has timed out; for executors.
   *
   * @param what what was waited for
   * @param remedy what continues, and what the caller can do
   */
  public WaitTimeoutException(String what, Duration timeout, String remedy) {
    super(what + " did not finish within " + Describe.duration(timeout) + "; " + remedy, null);
    this.timeout = timeout;
  }

  /** The time-out of the wait. */
  public Duration timeout() {
    return timeout;
  }
}
