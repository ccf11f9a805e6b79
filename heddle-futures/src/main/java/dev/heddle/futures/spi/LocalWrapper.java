package dev.heddle.futures.spi;

import java.util.concurrent.Callable;

/**
 * A call around another one that has a purpose in this JVM only, such as to record when the inner call has ended.
 *
 * <p>An engine that sends calls elsewhere sends the inner one.
 */
public interface LocalWrapper {

  /** The call to send. Thread-safe; does not block. */
  Callable<?> inner();

  /** Returns the call inside of all wrappers. */
  static Callable<?> innermost(Callable<?> call) {
    Callable<?> inner = call;
    while (inner instanceof LocalWrapper wrapper) {
      inner = wrapper.inner();
    }
    return inner;
  }
}
