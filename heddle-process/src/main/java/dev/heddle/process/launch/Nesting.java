package dev.heddle.process.launch;

import dev.heddle.process.WorkerStartException;
import java.util.Optional;

/**
 * A guard against pools that start pools without end. A pool in a static initializer is the usual one: a worker runs the
 * initializer again for a task, and so would each worker of its pool. Stateless.
 */
public final class Nesting {
  private static final String DEPTH = "dev.heddle.process.depth"; // 0, or unset, in a program that is no worker
  private static final int MAX_DEPTH = 8;

  private Nesting() {}

  private static int depth() {
    return Integer.getInteger(DEPTH, 0);
  }

  /** Returns the option that tells a worker how deep it is. */
  static String option() {
    return "-D" + DEPTH + "=" + (depth() + 1);
  }

  /**
   * Checks that a pool may be made here.
   *
   * @throws WorkerStartException if this is a worker and a static initializer is running on this thread, or pools are nested
   *     too deeply
   */
  public static void check() {
    int depth = depth();
    if (depth == 0) {
      return;
    }
    Optional<String> initializer = StackWalker.getInstance()
        .walk(frames -> frames.filter(each -> each.getMethodName().equals("<clinit>"))
            .map(StackWalker.StackFrame::getClassName)
            .findFirst());
    if (initializer.isPresent()) {
      throw new WorkerStartException(
          "a process pool was made by the static initializer of " + initializer.get()
              + " in a worker process, which initializes that"
              + " class for a task: each worker would start workers of its own, without end; make the pool in a method that tasks"
              + " do not call, such as main, or move the tasks to another class",
          null);
    }
    if (depth >= MAX_DEPTH) {
      throw new WorkerStartException(
          "process pools are nested " + depth + " deep, which looks like workers that start workers without end; at most "
              + MAX_DEPTH
              + " are allowed: make the pool where tasks do not make another one each",
          null);
    }
  }
}
