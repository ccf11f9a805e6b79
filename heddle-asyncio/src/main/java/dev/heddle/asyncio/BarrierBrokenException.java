package dev.heddle.asyncio;

/** Thrown to tasks that wait at a {@link Barrier} which was aborted or reset. Origin: {@code BrokenBarrierError}. */
public final class BarrierBrokenException extends AsyncioException {
  private static final long serialVersionUID = 1;

  BarrierBrokenException(String message) {
    super(message, null);
  }
}
