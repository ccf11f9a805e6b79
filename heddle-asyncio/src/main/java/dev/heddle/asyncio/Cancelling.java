package dev.heddle.asyncio;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;

/**
 * Passes a request to end on, from a task to those that it waits for.
 *
 * <p>A list of what is still to do takes the place of recursion, since a chain of tasks may be longer than the stack is deep.
 * Each task gets one request, also when several ways lead to it or tasks wait for each other in a circle.
 */
final class Cancelling {
  private final Set<Task<?>> reached = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Queue<Runnable> open = new ArrayDeque<>();
  private boolean passing;

  void passOn(Task<?> from, Task<?> to, String reason) {
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
