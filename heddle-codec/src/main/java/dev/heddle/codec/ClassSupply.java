package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * The class files that workers ask the parent for: those of the class path, of jshell sessions, of programs that were
 * started from their source, and of any further class loader that tasks came from.
 *
 * <p>The classes of jshell are given as they were when the task was encoded, not as they are now. Thread-safe; blocks only
 * to read the class file.
 */
public final class ClassSupply {
  private final ParentSpaces spaces;

  ClassSupply(ParentSpaces spaces) {
    this.spaces = spaces;
  }

  /**
   * Answers what a worker's {@link ClassSource} was asked.
   *
   * @param className the request as it came
   * @return the answer as {@link TaskDecoder} expects it; null if there is no such class
   */
  public byte @Nullable [] bytesOf(String className) {
    return spaces.answer(className);
  }
}
