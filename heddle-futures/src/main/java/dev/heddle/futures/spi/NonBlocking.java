package dev.heddle.futures.spi;

import org.jspecify.annotations.Nullable;

/**
 * Marks threads that must not block, such as that of an event loop: waits for futures, queues and processes throw on them.
 *
 * <p>Marks nest: the caller of {@link #enter} passes its result to {@link #leave}. Thread-safe: the marks are those of the
 * calling thread.
 */
public final class NonBlocking {
  private static final ThreadLocal<@Nullable String> REMEDY = new ThreadLocal<>();

  private NonBlocking() {}

  /**
   * Marks the calling thread.
   *
   * @param remedy the end of the sentence "… would block this thread; "
   * @return the mark it had before, for {@link #leave}; null if it had none
   */
  public static @Nullable String enter(String remedy) {
    String outer = REMEDY.get();
    REMEDY.set(remedy);
    return outer;
  }

  /**
   * Removes the mark of the calling thread.
   *
   * @param outer what {@link #enter} returned; that mark is set again
   */
  public static void leave(@Nullable String outer) {
    if (outer == null) {
      REMEDY.remove();
    } else {
      REMEDY.set(outer);
    }
  }

  /**
   * Returns whether the calling thread must not block; for methods that may neither wait nor throw there, such as a close.
   */
  public static boolean isMarked() {
    return REMEDY.get() != null;
  }

  /**
   * Does nothing on a thread that may block.
   *
   * @param what the operation that would block
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
