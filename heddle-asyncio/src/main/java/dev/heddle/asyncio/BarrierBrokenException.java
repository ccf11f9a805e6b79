package dev.heddle.asyncio;

/** Thrown to tasks that wait at a {@link Barrier} which was aborted or reset. Origin: {@code BrokenBarrierError}. */
public final class BarrierBrokenException extends AsyncioException {
  private static final long serialVersionUID = 1;

  /** An exception that says what was done to the barrier. */
  public BarrierBrokenException(String message) {
    super(message, null);
  }
}
