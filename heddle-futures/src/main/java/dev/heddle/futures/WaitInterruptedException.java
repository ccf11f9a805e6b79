package dev.heddle.futures;

/**
 * Thrown by a wait whose thread was interrupted; the tasks waited for continue.
 *
 * <p>The thread's interrupt status is set again, so that callers see it, too.
 */
public final class WaitInterruptedException extends FuturesException {

  /**
   * An interrupted wait; for executors.
   *
   * @param what what was waited for
   */
  public WaitInterruptedException(String what, InterruptedException cause) {
    super("the wait for " + what + " was interrupted; " + what + " goes on", cause);
  }
}
