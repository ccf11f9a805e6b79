package dev.heddle.iter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of a {@link Coroutine}: it exchanges values with its driver at each {@link CoroutineYielder#yield} and ends by
 * returning its result.
 *
 * <p>Best a lambda or a method reference; see {@link GeneratorBody}.
 *
 * @param <Y> the type of what it yields
 * @param <S> the type of what it is sent
 * @param <R> the type of its result
 */
@FunctionalInterface
public interface CoroutineBody<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    extends
      Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception whatever the body throws goes to the driver unchanged, also a checked exception
   */
  R run(CoroutineYielder<Y, S> y) throws Exception;
}
