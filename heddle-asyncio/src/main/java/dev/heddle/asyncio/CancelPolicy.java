package dev.heddle.asyncio;

/** The treatment of a call on another thread when the task that waits for it is cancelled. */
public enum CancelPolicy {
  /**
   * Interrupts the thread and waits until the call has ended: afterwards it runs no more. If it ends with a result
   * nevertheless, that is delivered, and the cancellation comes at the next await. If it ends with an exception, the
   * cancellation is thrown, and the exception is suppressed in it unless it is an {@link InterruptedException}.
   */
  INTERRUPT_AND_WAIT,
  /** Waits until the call has ended by itself. */
  WAIT,
  /** Interrupts the thread and waits no longer; the call may go on in the background, and its end is ignored. */
  ABANDON
}
