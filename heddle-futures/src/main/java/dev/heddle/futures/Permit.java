package dev.heddle.futures;

/**
 * The right to run one action, acquired from a {@link Limit}, or in an event loop from a lock or semaphore; closing it gives
 * the right back.
 *
 * <pre>{@code
 * try (Permit held = polite.acquire().result()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Closing it again does nothing. A limit's permit may be closed by any thread; that of an event loop's lock or semaphore
 * only on the loop's thread.
 */
@FunctionalInterface
public interface Permit extends AutoCloseable {

  /** Gives the permit back: the request that has waited longest gets it. A permit of a rate is used up. */
  @Override
  void close();
}
