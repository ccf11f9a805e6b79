package dev.heddle.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The source of classes that a worker's class path lacks: {@link ClassSupply#bytesOf} in the parent. */
@FunctionalInterface
public interface ClassSource {

  /**
   * Returns the answer of the parent's {@link ClassSupply#bytesOf} to the same string; blocks until it has arrived.
   *
   * @param className the request: a class name, which may be preceded by the name of a class space
   * @return the answer; null if the parent has no such class
   * @throws IOException if the parent cannot be asked
   */
  byte @Nullable [] bytesOf(String className) throws IOException;
}
