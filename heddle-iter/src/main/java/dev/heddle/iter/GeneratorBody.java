package dev.heddle.iter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of a {@link Generator}: it hands out elements with {@link Yielder#yield} and ends by returning.
 *
 * <p>Best a lambda or a method reference; it is {@link Serializable} so that the engine can find its code, not to be
 * serialized. What it captures is read when the generator is made.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface GeneratorBody<T extends @Nullable Object> extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception whatever the body throws goes to the caller of {@code next} unchanged, also a checked exception
   */
  void run(Yielder<T> y) throws Exception;
}
