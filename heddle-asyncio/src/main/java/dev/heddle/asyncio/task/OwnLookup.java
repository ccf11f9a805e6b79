package dev.heddle.asyncio.task;

import java.lang.invoke.MethodHandles;

/** The lookup with which this module's own coroutines are compiled; it may be used for all packages of the module. */
public final class OwnLookup {
  /** A lookup with the rights of this module. */
  public static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private OwnLookup() {}
}
