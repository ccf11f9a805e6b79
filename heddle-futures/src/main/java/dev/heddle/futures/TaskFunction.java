package dev.heddle.futures;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that {@link Executor#map} applies to each input; it may throw, and can be sent to another process if what it
 * captures can.
 *
 * @param <T> the type of an input
 * @param <R> the type of a result
 */
@FunctionalInterface
public interface TaskFunction<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {

  /** The result for one input. */
  R apply(T input) throws Exception;
}
