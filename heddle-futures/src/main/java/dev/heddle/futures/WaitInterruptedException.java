package dev.heddle.futures;

/**
 * Thrown by a wait whose thread was interrupted; the tasks waited for continue, unless the message says otherwise.
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
    this(what, "it goes on: wait again, or cancel it", cause);
  }

  /**
   * An interrupted wait; for executors.
   *
   * @param what what was waited for
   * @param remedy what continues, and what the caller can do
   */
  public WaitInterruptedException(String what, String remedy, InterruptedException cause) {
    super("the wait for " + what + " was interrupted; " + remedy, cause);
  }
}
