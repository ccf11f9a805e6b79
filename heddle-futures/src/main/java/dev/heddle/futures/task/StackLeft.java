package dev.heddle.futures.task;

/**
 * A check that the calling thread has stack left. A thread may submit at any depth of its own recursion; a
 * {@link StackOverflowError} between the counting of a task and its end would leave an executor that never closes. So
 * submitting checks first, while nothing has changed yet.
 *
 * <p>The check is a recursion that takes some kilobytes of stack; Lincheck takes one of more than 20 calls for endless.
 */
final class StackLeft {
  private static final int FRAMES = 18;

  private StackLeft() {}

  /**
   * Returns if there is enough stack.
   *
   * @throws StackOverflowError if not; it belongs to the caller's recursion
   */
  static void check() {
    descend(FRAMES, FRAMES);
  }

  /** Keeps values across the call, so that compiled code needs stack for it, too. */
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
