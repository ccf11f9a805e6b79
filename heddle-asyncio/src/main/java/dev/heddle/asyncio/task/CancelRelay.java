package dev.heddle.asyncio.task;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;

/**
 * Passes the cancellation of a task on to the tasks that it waits for.
 *
 * <p>A queue replaces recursion, since a chain of tasks may be longer than the thread's stack is deep. Each task gets one
 * request, also if it is reached on several paths or in a cycle.
 */
public final class CancelRelay {
  private final Set<LoopTask<?>> reached = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Queue<Runnable> open = new ArrayDeque<>();
  private boolean passing;

  /** A relay for one loop. */
  public CancelRelay() {}

  /** Requests the cancellation of a task because another one that waits for it was cancelled. */
  public void passOn(LoopTask<?> from, LoopTask<?> to, String reason) {
    boolean outermost = !passing;
    passing = true;
    try {
      reached.add(from);
      if (reached.add(to)) {
        open.add(() -> to.request(reason));
      }
      while (outermost && !open.isEmpty()) {
        open.remove().run();
      }
    } finally {
      if (outermost) {
        passing = false;
        open.clear();
        reached.clear();
      }
    }
  }
}
