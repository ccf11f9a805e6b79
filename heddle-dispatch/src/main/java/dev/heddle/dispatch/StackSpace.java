package dev.heddle.dispatch;

/**
 * A check that the calling thread has stack left. Threads of the user's enter the dispatcher at any depth of their own
 * recursion; a {@link StackOverflowError} there would strike between two steps that belong together, or leave a lock locked.
 * So each entry checks first, while nothing has changed yet.
 *
 * <p>The check is a recursion that takes at least 9 KB of stack, compiled or not, which is generous: with 1.1 KB, half of
 * the runs of {@code DeepRecursionTest} left a lock locked, with 1.7 KB none of a few. It takes 20 KB itself before it is
 * compiled.
 */
final class StackSpace {
  private static final int FRAMES = 48;

  private StackSpace() {}

  /**
   * Returns if there is enough stack.
   *
   * @throws StackOverflowError if not; it belongs to the caller's recursion
   */
  static void ensure() {
    descend(FRAMES, FRAMES);
  }

  /** Keeps 16 values across the call: without them, compiled code would take 18 bytes for a call, instead of 187. */
  private static long descend(int frames, long x) {
    if (frames == 0) {
      return x;
    }
    long a = x + 1, b = x ^ 2, c = x * 3, d = x - 4, e = x + 5, f = x ^ 6, g = x * 7, h = x - 8;
    long i = x + 9, j = x ^ 10, k = x * 11, l = x - 12, m = x + 13, n = x ^ 14, o = x * 15, p = x - 16;
    long below = descend(frames - 1, x);
    return below + a * b + c * d + e * f + g * h + i * j + k * l + m * n + o * p;
  }
}
