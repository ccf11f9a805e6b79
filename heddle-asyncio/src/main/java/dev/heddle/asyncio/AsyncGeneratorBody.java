package dev.heddle.asyncio;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of an {@link AsyncGenerator}: it hands out elements and may wait in between; see {@link AsyncBody}.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface AsyncGeneratorBody<T extends @Nullable Object> extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception whatever the body throws goes to the consumer, unchanged, also a checked exception
   */
  void run(AsyncYielder<T> y) throws Exception;
}
