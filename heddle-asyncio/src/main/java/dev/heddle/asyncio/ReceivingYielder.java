package dev.heddle.asyncio;

import dev.heddle.asyncio.task.SuspendingReceiver;
import dev.heddle.iter.spi.Suspends;
import org.jspecify.annotations.Nullable;

/**
 * The object with which the body of a {@link ReceivingGenerator} yields elements, receives values and awaits.
 *
 * @param <T> the type of the elements
 * @param <S> the type of what it is sent
 */
@SuppressWarnings("NamedLikeContextualKeyword") // Java reserves yield as a statement; y.yield(x) is a plain call
public sealed interface ReceivingYielder<T extends @Nullable Object, S extends @Nullable Object> extends Awaiter
    permits SuspendingReceiver {

  /**
   * Yields an element, and returns what the consumer sends when it asks for the next one.
   *
   * @return the argument of {@link ReceivingGenerator#send}; null if the consumer went on with {@code hasNext}
   */
  @Suspends(Suspends.Kind.EMIT)
  S yield(T element);
}
