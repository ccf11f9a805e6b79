package dev.heddle.futures.spi;

import org.jspecify.annotations.Nullable;

/**
 * Marks threads that must not block, such as the one of an event loop: waits for futures refuse to park them.
 *
 * <p>Thread-safe: a thread marks itself, and asks for itself.
 */
public final class NonBlocking {
  private static final ThreadLocal<@Nullable String> WHY = new ThreadLocal<>();

  private NonBlocking() {}

  /**
   * Marks the calling thread.
   *
   * @param remedy the end of the sentence "… would block this thread; "
   */
  public static void enter(String remedy) {
    WHY.set(remedy);
  }

  /** Takes the mark off the calling thread. */
  public static void leave() {
    WHY.remove();
  }

  /**
   * Does nothing on a thread that may block.
   *
   * @param what what would block
   * @throws IllegalStateException if the calling thread is marked
   */
  public static void check(String what) {
    String remedy = WHY.get();
    if (remedy != null) {
      throw new IllegalStateException(
          what + " would block thread '" + Thread.currentThread().getName() + "', which must not wait; " + remedy);
    }
  }
}
