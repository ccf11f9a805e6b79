package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * The class loaders of one side, by names that mean the same on the other side.
 *
 * <p>A space is a class loader that both sides have under one name: {@link #HOME} is the one that knows this library and the
 * class path; a further class loader of the parent is {@code L} and a number; the classes of one state of a jshell session
 * are {@code S} and a hash of them.
 */
interface ClassSpaces {
  String HOME = "";

  /** The space of a class; null if it is a class of jshell in the parent, whose space depends on the task. */
  @Nullable
  String spaceOf(Class<?> type);

  /** The class of that name in a space. */
  Class<?> load(String space, String name) throws ClassNotFoundException;
}
