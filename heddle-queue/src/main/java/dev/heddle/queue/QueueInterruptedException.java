package dev.heddle.queue;

/**
 * Thrown by a wait that cannot throw {@link InterruptedException}, such as an iteration's, when its thread is interrupted.
 *
 * <p>No item is lost by it. The thread's interrupt status is set again, so that callers further up see it too.
 */
public final class QueueInterruptedException extends QueueException {

  QueueInterruptedException(String what, InterruptedException cause) {
    super("the wait for " + what + " was interrupted; no item was lost by that", cause);
  }
}
