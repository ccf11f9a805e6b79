package dev.heddle.asyncio;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of a coroutine: it may wait with its {@link Awaiter} and ends by returning its result.
 *
 * <p>Write it as a lambda or a method reference: the loop compiles it to a state machine at its first use, which costs some
 * milliseconds once for each place in the source, and tens of nanoseconds an await from then on. It is serializable so that
 * its code can be found; nothing is ever serialized.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface AsyncBody<T extends @Nullable Object> extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception any exception; it is thrown unchanged at the await, also a checked one
   */
  T run(Awaiter a) throws Exception;
}
