package dev.heddle.asyncio;

/**
 * The signal that a task is cancelled; it is thrown at the await where the task waits, or at its next one.
 *
 * <p>A body cleans up in {@code finally} blocks, or catches it and throws it on. A body that swallows it keeps the task
 * running; see {@link Task#uncancel()} for when that is right. It is not an {@link Exception}, so {@code catch (Exception
 * e)} does not catch it.
 *
 * <p>It is only ever thrown in a task that was itself cancelled. Waiting for another task that was cancelled throws an
 * ordinary {@link java.util.concurrent.CancellationException}.
 *
 * <p>Origin: {@code asyncio.CancelledError}.
 */
public final class Cancelled extends Error {
  private static final long serialVersionUID = 1;

  /** A signal that names the task and the reason. */
  public Cancelled(String message) {
    super(message, null, true, false); // no stack trace: it is not a failure, and there may be very many
  }
}
