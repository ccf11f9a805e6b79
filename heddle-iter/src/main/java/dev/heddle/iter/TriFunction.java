package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** A function of three arguments, for {@link Builtins#map(TriFunction, Iterable, Iterable, Iterable)}. */
@FunctionalInterface
public interface TriFunction<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object> {

  /** The function's result for the given arguments. */
  R apply(A first, B second, C third);
}
