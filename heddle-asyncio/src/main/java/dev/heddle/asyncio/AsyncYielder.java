package dev.heddle.asyncio;

import dev.heddle.iter.spi.Suspends;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an {@link AsyncGenerator} hands out elements with; it can await, too.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("NamedLikeContextualKeyword") // Java reserves yield as a statement; y.yield(x) is a plain call
public sealed interface AsyncYielder<T extends @Nullable Object> extends Awaiter permits SuspendingYielder {

  /** Hands out an element, and goes on when the consumer asks for the next one. */
  @Suspends(Suspends.Kind.EMIT)
  void yield(T element);
}
