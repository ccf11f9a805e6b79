package dev.heddle.futures.spi;

import org.jspecify.annotations.Nullable;

/**
 * Marks threads that must not block, such as the one of an event loop: what waits for a future, at a queue or for a process
 * refuses to park them.
 *
 * <p>Marks nest: who enters keeps what it is given, and hands it back when it leaves. Thread-safe: a thread marks itself, and
 * asks for itself.
 */
public final class NonBlocking {
  private static final ThreadLocal<@Nullable String> REMEDY = new ThreadLocal<>();

  private NonBlocking() {}

  /**
   * Marks the calling thread.
   *
   * @param remedy the end of the sentence "… would block this thread; "
   * @return the mark that it bore before, for {@link #leave}; null if it bore none
   */
  public static @Nullable String enter(String remedy) {
    String outer = REMEDY.get();
    REMEDY.set(remedy);
    return outer;
  }

  /**
   * Takes the mark off the calling thread.
   *
   * @param outer what {@link #enter} returned; that mark stands again
   */
  public static void leave(@Nullable String outer) {
    if (outer == null) {
      REMEDY.remove();
    } else {
      REMEDY.set(outer);
    }
  }

  /** Whether the calling thread must not block: for what may neither wait there nor throw, as a close. */
  public static boolean isMarked() {
    return REMEDY.get() != null;
  }

  /**
   * Does nothing on a thread that may block.
   *
   * @param what what would block
   * @throws IllegalStateException if the calling thread is marked
   */
  public static void check(String what) {
    String remedy = REMEDY.get();
    if (remedy != null) {
      throw new IllegalStateException(
          what + " would block thread '" + Thread.currentThread().getName() + "', which must not wait; " + remedy);
    }
  }
}
