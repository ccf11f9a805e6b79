package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** A yielder's link to the fallback engine: suspends the body that calls the yielder. */
public interface Suspender {

  /**
   * Hands a value to the driver and waits.
   *
   * @return what the driver sends
   * @throws GeneratorException.WrongState if the calling thread is not running the body
   */
  @Nullable
  Object suspend(@Nullable Object value);

  /**
   * Lets the driver drain a coroutine, iterator or iterable, and waits.
   *
   * @return the result of a coroutine, else null
   * @throws GeneratorException.WrongState if the calling thread is not running the body
   */
  @Nullable
  Object delegate(@Nullable Object source);
}
