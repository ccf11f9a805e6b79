package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopStateException;
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
 * Detects cycles of tasks each of which waits for the end of the next, and breaks them with an exception in one task.
 *
 * <p>Only binding waits count, see {@link WaitNode}. A cycle of binding waits cannot end by time-outs, cancellation or other
 * threads, so there are no false alarms. A cycle can only be closed by a wait for a task that waits itself, made by a task
 * that another one waits for. A short chain of direct waits is searched at once. Other suspect waits are searched when the
 * loop is idle, or after some hundreds of busy turns.
 *
 * <p>Confined to the loop's thread.
 */
public final class WaitCycleDetector {
  /** With that many suspect waits they are searched although the loop is busy. */
  private static final int MANY = 1_024;

  /** After that many busy turns they are searched, too. */
  private static final int MAX_BUSY_TURNS = 256;

  /** A chain of direct waits is searched to this length when a wait begins. */
  private static final int SHORT = 64;

  private static final int MAX_NAMES = 10;

  private final List<WaitNode> suspects = new ArrayList<>();
  private int busyTurns;

  /**
   * Checks a direct wait for another task, before it begins.
   *
   * @throws LoopStateException if it closes a short cycle of direct waits
   */
  public void check(WaitNode waiter, WaitNode other) {
    WaitNode link = other;
    for (int i = 0; i < SHORT; i++) {
      if (link == waiter) {
        throw new LoopStateException(
            "deadlock: task '" + waiter.name() + "' waits for "
                + (other == waiter ? "itself" : "task '" + other.name() + "', which waits for it")
                + "; none of them could ever end");
      }
      WaitNode further = link.awaitedTask();
      if (further == null) {
        break;
      }
      link = further;
    }
    if (waiter.hasObservers() && link.isBound()) {
      suspects.add(waiter);
    }
  }

  /** How many waits have still to be searched. */
  public int suspected() {
    return suspects.size();
  }

  /** Remembers a task that has begun a binding wait for all of the given ones, if that may close a cycle. */
  public void suspect(WaitNode waiter, Stream<? extends WaitNode> needed) {
    if (waiter.hasObservers() && needed.anyMatch(WaitNode::isBound)) {
      suspects.add(waiter);
    }
  }

  /**
   * Breaks the cycles among the suspect waits: one task of each gets an exception at its await.
   *
   * @param idle whether the loop has nothing else to do
   */
  public void search(boolean idle) {
    if (suspects.isEmpty() || (!idle && suspects.size() < MANY && ++busyTurns < MAX_BUSY_TURNS)) {
      return;
    }
    busyTurns = 0;
    Set<WaitNode> clear = identities();
    for (WaitNode each : suspects) {
      List<WaitNode> cycle = find(each, clear);
      while (!cycle.isEmpty()) { // one wait may close several
        breakUp(cycle);
        cycle = find(each, clear); // what is clear remains so, since waits only end
      }
    }
    suspects.clear();
  }

  /**
   * Returns a cycle that the task belongs to or waits for; empty if there is none. Depth first without recursion, since a
   * chain may be longer than the thread's stack is deep.
   *
   * @param clear tasks that lead to no cycle; more are added
   */
  private static List<WaitNode> find(WaitNode from, Set<WaitNode> clear) {
    List<WaitNode> path = new ArrayList<>();
    Set<WaitNode> onPath = identities();
    Deque<Iterator<? extends WaitNode>> open = new ArrayDeque<>();
    @Nullable
    WaitNode next = from;
    while (next != null) {
      if (onPath.contains(next)) {
        return path.subList(path.indexOf(next), path.size());
      }
      if (next.isBound() && !clear.contains(next)) {
        path.add(next);
        onPath.add(next);
        open.push(next.needs().iterator());
      }
      next = null;
      while (next == null && !open.isEmpty()) {
        if (open.element().hasNext()) {
          next = open.element().next();
        } else {
          open.remove();
          WaitNode explored = path.removeLast();
          onPath.remove(explored);
          clear.add(explored);
        }
      }
    }
    return List.of();
  }

  private static Set<WaitNode> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * Breaks a cycle at a task that awaits a single other one, if there is one, else at one that gathers or shields. Every
   * cycle has one of these: groups alone form none, since the tasks of a group are younger than the task that waits for
   * them.
   */
  private static void breakUp(List<WaitNode> cycle) {
    WaitNode victim = cycle.stream().filter(each -> each.awaitedTask() != null).findFirst()
        .or(() -> cycle.stream().filter(WaitNode::canBreakOff).findFirst())
        .orElseThrow();
    List<WaitNode> fromVictim = new ArrayList<>(cycle);
    Collections.rotate(fromVictim, -cycle.indexOf(victim));
    String others = fromVictim.stream().skip(1).limit(MAX_NAMES)
        .map(each -> "task '" + each.name() + "', which waits for ")
        .collect(Collectors.joining());
    victim.breakOff(
        new LoopStateException(
            "deadlock: task '" + victim.name() + "' waits for " + others
                + (fromVictim.size() > MAX_NAMES ? "others, of which one waits for it" : "it")
                + "; none of them could ever end"));
  }
}
