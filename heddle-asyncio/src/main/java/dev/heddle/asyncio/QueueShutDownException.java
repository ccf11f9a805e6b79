package dev.heddle.asyncio;

/** Thrown by the operations of a {@link Queue} that was shut down. Origin: {@code asyncio.QueueShutDown}. */
public final class QueueShutDownException extends AsyncioException {
  private static final long serialVersionUID = 1;

  /** An exception for the given operation. */
  public QueueShutDownException(String what) {
    super(what + ": the queue was shut down", null);
  }
}
