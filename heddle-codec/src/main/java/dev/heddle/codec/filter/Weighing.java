package dev.heddle.codec.filter;

import org.jspecify.annotations.Nullable;

/** A stream that knows how long it takes to compare the objects that it has read. */
@FunctionalInterface
public interface Weighing {

  /** Returns the number of steps, about 2 ns each, in which an object is compared with an equal one; at least 1. */
  long weight(@Nullable Object object);
}
