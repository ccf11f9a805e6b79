package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * The class files that workers request from the parent: those of the class path, of jshell sessions, of programs started
 * from their source, and of any further class loader that tasks came from.
 *
 * <p>The classes of jshell are those at the time the task was encoded. Thread-safe; blocks only to read the class file.
 */
public interface ClassSupply {

  /**
   * Answers a request of a worker's {@link ClassSource}.
   *
   * @param className the request as it was received
   * @return the answer as {@link TaskDecoder} expects it; null if there is no such class
   */
  byte @Nullable [] bytesOf(String className);
}
