package dev.heddle.futures;

/**
 * Thrown by a wait whose thread was interrupted; what was waited for goes on.
 *
 * <p>The thread's interrupt status is set again, so that callers further up see it too.
 */
public final class WaitInterruptedException extends FuturesException {

  WaitInterruptedException(String what, InterruptedException cause) {
    super("the wait for " + what + " was interrupted; " + what + " goes on", cause);
  }
}
