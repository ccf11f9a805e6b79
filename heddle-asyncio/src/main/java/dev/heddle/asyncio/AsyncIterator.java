package dev.heddle.asyncio;

import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose next element may have to be awaited.
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
public interface AsyncIterator<T extends @Nullable Object> extends AsyncCloseable {

  /** Waits for the next element; its value is false if there are no more. */
  Awaitable<Boolean> hasNext();

  /**
   * Returns the element that {@link #hasNext()} has waited for; does not wait.
   *
   * @throws java.util.NoSuchElementException if {@code hasNext} was not awaited, or its value was false
   */
  T next();

  /** Ends it early and runs its clean-up; does nothing if it has ended. */
  @Override
  default Awaitable<@Nullable Void> close() {
    return new CompletedOperation<@Nullable Void>(null);
  }

  /** Returns a coroutine that collects all elements; it does not end if the sequence does not. */
  default Async<List<T>> toList() {
    return Async.of(
        OwnLookup.HERE,
        a -> {
          List<T> all = new ArrayList<>();
          while (a.await(hasNext())) {
            all.add(next());
          }
          return all;
        });
  }
}
