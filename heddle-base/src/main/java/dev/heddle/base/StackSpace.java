package dev.heddle.base;

/**
 * A check that the calling thread has stack left. Threads of the user's enter an executor at any depth of their own recursion; a
 * {@link StackOverflowError} there would strike between two steps that belong together: a task that is counted and never ends, or
 * a lock that is left locked. So each entry checks first, while nothing has changed yet.
 *
 * <p>The check is a recursion, of 145 bytes a call when it is compiled, and of twice as many before.
 */
public final class StackSpace {
  private static final int FRAMES = 62;
  private static final int FEW_FRAMES = 18; // Lincheck takes more than 20 calls for an endless recursion

  private StackSpace() {}

  /**
   * Returns if at least 9 KB of stack are left, which is generous: with 1.1 KB, half of the runs of {@code DeepRecursionTest} left
   * a lock of the dispatcher locked, with 1.7 KB none of a few.
   *
   * @throws StackOverflowError if not; it belongs to the caller's recursion
   */
  public static void ensure() {
    descend(FRAMES, FRAMES);
  }

  /**
   * Returns if at least 2.6 KB of stack are left, for an entry that goes less deep and is called more often.
   *
   * @throws StackOverflowError if not; it belongs to the caller's recursion
   */
  public static void ensureSome() {
    descend(FEW_FRAMES, FEW_FRAMES);
  }

  /**
   * Keeps 16 values across the call, for an exception that is never thrown: compiled code stores them, in 145 bytes for a call in place
   * of 18. To use them afterwards would double the time, which is 3 ns a call.
   */
  private static int descend(int frames, long x) {
    if (frames == 0) {
      return 0;
    }
    long a = x + 1, b = x ^ 2, c = x - 3, d = x + 4, e = x ^ 5, f = x - 6, g = x + 7, h = x ^ 8;
    long i = x - 9, j = x + 10, k = x ^ 11, l = x - 12, m = x + 13, n = x ^ 14, o = x - 15, p = x + 16;
    if (descend(frames - 1, x) != 0) {
      throw new AssertionError(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }
    return 0;
  }
}
