package dev.heddle.asyncio;

/** Thrown by a run whose thread was interrupted; the thread's interrupt status is set again. */
public final class LoopInterruptedException extends AsyncioException {
  private static final long serialVersionUID = 1;

  /** An exception that says which tasks were given up. */
  public LoopInterruptedException(String message) {
    super(message, null);
  }
}
