package dev.heddle.asyncio;

/**
 * A resource whose closing has to be awaited; {@link Asyncio#use(Awaitable, java.util.function.Function)} does so whatever
 * happens.
 *
 * <p>Origin: {@code __aexit__} of asynchronous context managers, and {@code aclose}.
 */
public interface AsyncCloseable {

  /** Returns what closes the resource when it is awaited, and not before. */
  Awaitable<?> close();
}
