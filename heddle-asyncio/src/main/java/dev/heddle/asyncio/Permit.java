package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.HeldPermit;

/**
 * The right that was acquired from a {@link Lock} or {@link Semaphore}; closing it releases it.
 *
 * <pre>{@code
 * try (Permit held = a.await(lock.acquire())) {
 *   …
 * }
 * }</pre>
 *
 * <p>Closing it a second time does nothing. Confined to the loop's thread.
 */
public sealed interface Permit extends AutoCloseable permits HeldPermit {

  /** Releases it; the task that has waited longest gets it. */
  @Override
  void close();
}
