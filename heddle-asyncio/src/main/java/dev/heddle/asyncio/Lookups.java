package dev.heddle.asyncio;

import java.lang.invoke.MethodHandles;

/** The lookup with which this module's own coroutines are compiled. */
final class Lookups {
  static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private Lookups() {}
}
