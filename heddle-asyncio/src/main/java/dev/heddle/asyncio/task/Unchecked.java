package dev.heddle.asyncio.task;

/** Throws checked exceptions from methods that do not declare them. */
public final class Unchecked {
  private Unchecked() {}

  /** Throws an exception unchanged, also a checked one; declared to return one so that callers can write {@code throw}. */
  @SuppressWarnings("unchecked") // the cast is erased, which is its purpose
  public static <E extends Throwable> RuntimeException rethrow(Throwable t) throws E {
    throw (E) t;
  }
}
