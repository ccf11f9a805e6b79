package dev.heddle.queue.run;

/** Describes threads that do not end. */
final class StuckThreads {
  private StuckThreads() {}

  /** Returns a thread's name and where it is. */
  static String describe(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return thread.getName() + (stack.length == 0 ? "" : " (at " + stack[0] + ")");
  }
}
