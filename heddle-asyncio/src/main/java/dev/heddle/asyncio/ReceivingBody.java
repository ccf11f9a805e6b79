package dev.heddle.asyncio;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of a {@link ReceivingGenerator}: it yields elements, receives a value at each yield, and may wait in between; see
 * {@link AsyncBody}.
 *
 * @param <T> the type of the elements
 * @param <S> the type of what it is sent
 */
@FunctionalInterface
public interface ReceivingBody<T extends @Nullable Object, S extends @Nullable Object> extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception any exception; it is thrown to the consumer, also a checked one
   */
  void run(ReceivingYielder<T, S> y) throws Exception;
}
