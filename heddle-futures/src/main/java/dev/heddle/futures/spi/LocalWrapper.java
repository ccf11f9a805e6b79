package dev.heddle.futures.spi;

import java.util.concurrent.Callable;

/**
 * A call around another one, which means something in this JVM only, such as to tell when the inner one has ended.
 *
 * <p>An engine that sends calls elsewhere sends the inner one: what it knows of a call from its class then holds.
 */
public interface LocalWrapper {

  /** The call to send. Thread-safe; does not block. */
  Callable<?> inner();
}
