package dev.heddle.asyncio;

/**
 * The signal that a task is cancelled; it is thrown at the await where the task waits, or at its next one.
 *
 * <p>A body cleans up in {@code finally} blocks, or catches it and throws it on. Whoever swallows it keeps the task running;
 * see {@link Task#uncancel()} for when that is right. It is no {@link Exception}, so that {@code catch (Exception e)} lets it
 * pass.
 *
 * <p>It is only ever thrown in a task that was itself cancelled. To wait for another task that was cancelled gives an ordinary
 * {@link java.util.concurrent.CancellationException}.
 *
 * <p>Origin: {@code asyncio.CancelledError}.
 */
public final class Cancelled extends Error {
  private static final long serialVersionUID = 1;

  Cancelled(String message) {
    super(message, null, true, false); // no stack trace: it tells of no failure, and there may be very many
  }
}
