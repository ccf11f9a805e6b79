package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * The class files and resources that workers request from the parent: those of jshell sessions, of programs started from
 * their source, and of any further class loader that tasks came from, such as that of an executable jar with jars inside.
 *
 * <p>The classes of jshell are those at the time the task was encoded. Thread-safe; blocks only to read the file.
 */
public interface ClassSupply {

  /**
   * Answers a request of a worker's {@link ClassSource}.
   *
   * @param request the request as it was received
   * @return the answer as {@link TaskDecoder} expects it; null if there is no such class or resource
   */
  byte @Nullable [] answer(String request);
}
