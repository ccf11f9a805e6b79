package dev.heddle.futures;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that {@link Executor#map} applies to each pair of inputs; it may throw, and can be sent to another process if
 * what it captures can.
 *
 * @param <A> the type of the first input
 * @param <B> the type of the second input
 * @param <R> the type of a result
 */
@FunctionalInterface
public interface TaskBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends
      Serializable {

  /** The result for one pair of inputs. */
  R apply(A first, B second) throws Exception;
}
