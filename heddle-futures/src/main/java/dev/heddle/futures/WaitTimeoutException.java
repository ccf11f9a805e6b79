package dev.heddle.futures;

import java.time.Duration;

/** Thrown by a wait whose time ran out; what was waited for goes on. */
public final class WaitTimeoutException extends FuturesException {
  private final Duration timeout;

  WaitTimeoutException(String what, Duration timeout) {
    super(
        what + " did not finish within " + Text.of(timeout)
            + "; it goes on: wait again, wait longer, or cancel it",
        null);
    this.timeout = timeout;
  }

  /** How long was waited. */
  public Duration timeout() {
    return timeout;
  }
}
