package dev.heddle.asyncio;

import dev.heddle.asyncio.task.SuspendingYielder;
import dev.heddle.iter.spi.Suspends;
import org.jspecify.annotations.Nullable;

/**
 * The object with which the body of an {@link AsyncGenerator} yields elements and awaits.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("NamedLikeContextualKeyword") // Java reserves yield as a statement; y.yield(x) is a plain call
public sealed interface AsyncYielder<T extends @Nullable Object> extends Awaiter permits SuspendingYielder {

  /** Yields an element, and goes on when the consumer asks for the next one. */
  @Suspends(Suspends.Kind.EMIT)
  void yield(T element);
}
