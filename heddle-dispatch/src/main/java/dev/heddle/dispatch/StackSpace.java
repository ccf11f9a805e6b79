package dev.heddle.dispatch;

/**
 * A check that the calling thread has stack left. Threads of the user's enter the dispatcher at any depth of their own recursion; a
 * {@link StackOverflowError} there would strike between two steps that belong together, under a lock. So each entry checks first,
 * while nothing has changed yet.
 */
final class StackSpace {
  private static final int FRAMES = 64; // about twice as deep as the dispatcher calls

  private StackSpace() {}

  /**
   * Returns if there is enough stack.
   *
   * @throws StackOverflowError if not; it belongs to the caller's recursion
   */
  static void ensure() {
    descend(FRAMES);
  }

  private static int descend(int frames) {
    return frames == 0 ? 0 : descend(frames - 1) + 1;
  }
}
