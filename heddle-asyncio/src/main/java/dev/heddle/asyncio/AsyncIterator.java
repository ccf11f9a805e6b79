package dev.heddle.asyncio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose next element may have to be waited for.
 *
 * <pre>{@code
 * while (a.await(rows.hasNext())) {
 *   use(rows.next());
 * }
 * }</pre>
 *
 * <p>That loop is Python's {@code async for}. One task at a time uses it.
 *
 * @param <T> the type of the elements
 */
public interface AsyncIterator<T extends @Nullable Object> {

  /** Waits until there is a next element, or none will come: then its value is false. */
  Awaitable<Boolean> hasNext();

  /**
   * The element that {@link #hasNext()} has waited for; does not wait.
   *
   * @throws java.util.NoSuchElementException if {@code hasNext} was not awaited, or its value was false
   */
  T next();

  /** Ends it early and lets it clean up; nothing if it has ended. */
  default Awaitable<@Nullable Void> close() {
    return new Ready<@Nullable Void>(null);
  }

  /** A coroutine that collects all elements; it never ends if they never do. */
  default Async<List<T>> toList() {
    return Async.of(
        Lookups.HERE,
        a -> {
          List<T> all = new ArrayList<>();
          while (a.await(hasNext())) {
            all.add(next());
          }
          return all;
        });
  }
}
