package dev.heddle.queue.run;

import java.util.List;

/** Describes threads that do not end. */
final class StuckThreads {
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private StuckThreads() {}

  /** Warns that a run has ended without its sources. */
  static void warnOfSources(String pipeline, List<String> threads) {
    LOG.log(System.Logger.Level.WARNING, "pipeline '" + pipeline + "' has ended without its source, which ignores its"
        + " interrupt and is abandoned: " + threads + ". An item that it may still hand out is undelivered");
  }

  /** Warns that a run has failed without waiting for the ends of its workers. */
  static void warnOfFailure(String pipeline, List<String> threads) {
    LOG.log(System.Logger.Level.WARNING, "pipeline '" + pipeline + "' has failed at once, and these threads, which have not"
        + " ended within a moment of their interrupt, are abandoned: " + threads);
  }

  /** Returns a thread's name and where it is. */
  static String describe(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return thread.getName() + (stack.length == 0 ? "" : " (at " + stack[0] + ")");
  }
}
