package dev.heddle.codec.loader;

import org.jspecify.annotations.Nullable;

/**
 * The class loaders of one side, under names that both sides use.
 *
 * <p>A space is a class loader with a name: {@link #HOME} loads this library and the
 * class path; a further class loader of the parent is {@code L} and a number; the classes of one state of a jshell session
 * are {@code S} and a hash of them.
 */
public interface ClassSpaces {
  String HOME = "";

  /** Returns the space of a class; null for a class of jshell in the parent, whose space depends on the task. */
  @Nullable
  String spaceOf(Class<?> type);

  /**
   * Returns the digest of a class's code as this side has it; {@link ClassDigest#NONE} if it cannot differ between the
   * sides.
   *
   * @throws ClassChangedException if the class file may be another one than the class was loaded from
   */
  long digestOf(Class<?> type);

  /**
   * Checks that a class has the same code on both sides.
   *
   * @param expected the other side's digest
   * @throws ClassChangedException if it has not
   */
  default void check(Class<?> type, long expected) {
    ClassDigest.compare(type, expected, expected == ClassDigest.NONE ? ClassDigest.NONE : digestOf(type));
  }

  /** Loads a class from a space. */
  Class<?> load(String space, String name) throws ClassNotFoundException;
}
