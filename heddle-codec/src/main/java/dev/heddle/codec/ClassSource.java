package dev.heddle.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a worker gets classes from that its class path lacks: it asks {@link ClassSupply#bytesOf} in the parent. */
@FunctionalInterface
public interface ClassSource {

  /**
   * What the parent's {@link ClassSupply#bytesOf} answers to the same string; blocks until it has.
   *
   * @param className the request: a class name, which may be preceded by the name of a class space
   * @return the answer; null if the parent has no such class
   * @throws IOException if the parent cannot be asked
   */
  byte @Nullable [] bytesOf(String className) throws IOException;
}
