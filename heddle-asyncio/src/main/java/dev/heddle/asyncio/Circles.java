package dev.heddle.asyncio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds circles of tasks of which each waits for the end of the next, so that none could ever end, and breaks them up.
 *
 * <p>Only binding waits count: those that not even a cancellation ends before what they wait for. So there is no false alarm,
 * whatever else goes on, and time-outs and other threads make no difference. A circle is closed by a wait for a task that waits
 * itself, of a task for which somebody waits. A short chain of single waits is looked into at once, anything else when the
 * loop has nothing else to do, or has not been idle for some hundreds of turns.
 */
final class Circles {
  /** So many are looked into although the loop is busy, lest they pile up. */
  private static final int MANY = 1_024;

  /** So many turns of a busy loop they have to wait. */
  private static final int PATIENCE = 256;

  /** So long a circle is found when it is closed. */
  private static final int SHORT = 64;

  private static final int MAX_NAMES = 10;

  private final List<Task<?>> suspects = new ArrayList<>();
  private int busyTurns;

  /**
   * A task begins to wait for another one.
   *
   * @throws LoopStateException if that closes a short circle of tasks that wait for single ones
   */
  void begins(Task<?> waiter, Task<?> other) {
    Task<?> link = other;
    for (int i = 0; i < SHORT; i++) {
      if (link == waiter) {
        throw new LoopStateException(
            "deadlock: task '" + waiter.name() + "' waits for "
                + (other == waiter ? "itself" : "task '" + other.name() + "', which waits for it")
                + "; none of them could ever end");
      }
      if (!(link.waitsFor() instanceof Task<?> further)) {
        break;
      }
      link = further;
    }
    if (waiter.hasObservers() && link.isBound()) {
      suspects.add(waiter);
    }
  }

  /** How many waits have still to be looked into. */
  int suspected() {
    return suspects.size();
  }

  /** A task has begun to wait for all of these, and they know it. */
  void suspect(Task<?> waiter, Stream<? extends Task<?>> needed) {
    if (waiter.hasObservers() && needed.anyMatch(Task::isBound)) {
      suspects.add(waiter);
    }
  }

  /**
   * Breaks up what circles there are: in each, one task learns of it at its await.
   *
   * @param idle whether the loop has nothing else to do
   */
  void look(boolean idle) {
    if (suspects.isEmpty() || (!idle && suspects.size() < MANY && ++busyTurns < PATIENCE)) {
      return;
    }
    busyTurns = 0;
    Set<Task<?>> clear = identities();
    for (Task<?> each : suspects) {
      List<Task<?>> circle = find(each, clear);
      while (!circle.isEmpty()) { // one wait may close several
        breakUp(circle);
        circle = find(each, clear); // what is clear remains so, for waits only vanish
      }
    }
    suspects.clear();
  }

  /**
   * A circle that the task waits for, or belongs to; empty if there is none. Depth first without recursion, for chains may be
   * longer than the stack is deep.
   *
   * @param clear tasks that lead to no circle; more are added
   */
  private static List<Task<?>> find(Task<?> from, Set<Task<?>> clear) {
    List<Task<?>> path = new ArrayList<>();
    Set<Task<?>> onPath = identities();
    Deque<Iterator<? extends Task<?>>> open = new ArrayDeque<>();
    @Nullable
    Task<?> next = from;
    while (next != null) {
      if (onPath.contains(next)) {
        return path.subList(path.indexOf(next), path.size());
      }
      if (next.isBound() && !clear.contains(next)) {
        path.add(next);
        onPath.add(next);
        open.push(next.boundTo().iterator());
      }
      next = null;
      while (next == null && !open.isEmpty()) {
        if (open.element().hasNext()) {
          next = open.element().next();
        } else {
          open.remove();
          Task<?> explored = path.removeLast();
          onPath.remove(explored);
          clear.add(explored);
        }
      }
    }
    return List.of();
  }

  private static Set<Task<?>> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * The task that is told is one that waits for a single other one, if there is, else one that gathers or shields. A circle
   * has one of these: of groups alone there is none, for the tasks of a group are younger than the task that waits for them.
   */
  private static void breakUp(List<Task<?>> circle) {
    Task<?> told = circle.stream().filter(each -> each.waitsFor() instanceof Task<?>).findFirst()
        .or(() -> circle.stream().filter(Task::canBreakOff).findFirst())
        .orElseThrow();
    List<Task<?>> turned = new ArrayList<>(circle);
    Collections.rotate(turned, -circle.indexOf(told));
    String others = turned.stream().skip(1).limit(MAX_NAMES).map(each -> "task '" + each.name() + "', which waits for ")
        .collect(Collectors.joining());
    turned.getFirst().breakOff(
        new LoopStateException(
            "deadlock: task '" + turned.getFirst().name() + "' waits for " + others
                + (turned.size() > MAX_NAMES ? "others, of which one waits for it" : "it")
                + "; none of them could ever end"));
  }
}
