package dev.heddle.codec.task;

import java.lang.invoke.MethodHandles;

/** Looks up private methods of the application's classes without loading the types of all the others, as reflection does. */
final class PrivateLookup {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private PrivateLookup() {}

  /**
   * Returns a lookup in a class.
   *
   * @throws IllegalAccessException if its package is not open to this module
   */
  static MethodHandles.Lookup in(Class<?> type) throws IllegalAccessException {
    PrivateLookup.class.getModule().addReads(type.getModule()); // reflection needs no such edge, method handles do
    return MethodHandles.privateLookupIn(type, LOOKUP);
  }
}
