package dev.heddle.asyncio;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of an {@link AsyncGenerator}: it yields elements and may wait in between; see {@link AsyncBody}.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface AsyncGeneratorBody<T extends @Nullable Object> extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception any exception; it is thrown unchanged to the consumer, also a checked one
   */
  void run(AsyncYielder<T> y) throws Exception;
}
