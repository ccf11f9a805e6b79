package dev.heddle.queue;

/**
 * Thrown when the thread is interrupted in a wait that cannot throw {@link InterruptedException}, such as an iteration's.
 *
 * <p>No item is lost by it: those of a pipeline that was cancelled are handed to {@link PipelineOptions#onUndelivered}. The interrupt status of the thread is set again, so that its callers see it too.
 */
public final class QueueInterruptedException extends QueueException {

  /**
   * Creates an exception.
   *
   * @param what what was waited for
   */
  public QueueInterruptedException(String what, InterruptedException cause) {
    this(what, "no item was lost by that", cause);
  }

  /**
   * Creates an exception.
   *
   * @param what what was waited for
   * @param remedy what continues or has ended, and what the caller can do
   */
  public QueueInterruptedException(String what, String remedy, InterruptedException cause) {
    super("the wait for " + what + " was interrupted; " + remedy, cause);
  }
}
