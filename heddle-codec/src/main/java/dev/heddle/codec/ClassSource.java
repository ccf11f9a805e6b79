package dev.heddle.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The source of classes and resources that a worker's class path lacks: {@link ClassSupply#answer} in the parent. */
@FunctionalInterface
public interface ClassSource {

  /**
   * Returns the answer of the parent's {@link ClassSupply#answer} to the same string; blocks until it has arrived.
   *
   * @param request a text that both sides of the codec understand, of at most 65,535 bytes in UTF-8
   * @return the answer; null if the parent has no such class or resource
   * @throws IOException if the parent cannot be asked
   */
  byte @Nullable [] answer(String request) throws IOException;
}
