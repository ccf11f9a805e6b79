package dev.heddle.asyncio;

/**
 * What was acquired from a {@link Lock} or {@link Semaphore}; closing it gives it back.
 *
 * <pre>{@code
 * try (Permit held = a.await(lock.acquire())) {
 *   …
 * }
 * }</pre>
 *
 * <p>Closing it a second time does nothing. Confined to the loop's thread.
 */
public final class Permit implements AutoCloseable {
  private final Releasing from;
  private boolean closed;

  Permit(Releasing from) {
    this.from = from;
  }

  /** Gives it back; the task that has waited longest gets it. */
  @Override
  public void close() {
    if (!closed) {
      from.checkInside("Permit.close");
      closed = true;
      from.release(this);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** What hands out permits. */
  abstract static class Releasing extends Confined {
    abstract void release(Permit permit);
  }
}
