package dev.heddle.futures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks that wait for each other for ever.
 *
 * <p>The graph is not kept anywhere: each task that waits without a time-out publishes its wait ({@link TaskRun#waitsFor()}),
 * and whoever has just published one looks what can be reached from it. Of two tasks that close a cycle at the same moment,
 * the second to publish sees both waits, so none is missed.
 *
 * <p>A wait read early may have ended by the time a later one is read. Therefore a cycle is believed only if a second look
 * finds the very same waits: a wait seen twice was there all the time in between, so at the moment between the looks all of
 * them stood at once.
 */
final class Deadlocks {

  /** A task and the wait it is in. */
  private record Waiting(TaskRun<?> run, Wait wish, List<CoreFuture<?>> open) {}

  private Deadlocks() {}

  /** If the given task, which has just published its wait, can never go on: ends every wait of the cycle. */
  static void look(TaskRun<?> start) {
    Map<TaskRun<?>, Waiting> stuck = stuckFrom(start);
    if (stuck.containsKey(start) && stuck.equals(stuckFrom(start))) {
      List<Waiting> cycle = cycle(start, stuck);
      List<String> names = cycle.stream().map(each -> each.run.name()).toList();
      for (int i = 0; i < cycle.size(); i++) {
        cycle.get(i).wish.condemn(rotated(names, i));
      }
    }
  }

  /** The tasks reachable from one that wait for nothing but each other. */
  private static Map<TaskRun<?>, Waiting> stuckFrom(TaskRun<?> start) {
    Map<TaskRun<?>, Waiting> waiting = reachable(start);
    while (waiting.values().removeIf(each -> canGoOn(each, waiting))) {
      // a task that can go on may free those that wait for it
    }
    return waiting;
  }

  private static Map<TaskRun<?>, Waiting> reachable(TaskRun<?> start) {
    Map<TaskRun<?>, Waiting> seen = new LinkedHashMap<>();
    Deque<TaskRun<?>> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      TaskRun<?> run = next.pop();
      Wait wait = run.waitsFor();
      if (wait == null || seen.containsKey(run) || plainlyFree(wait)) {
        continue;
      }
      Waiting here = new Waiting(run, wait, wait.open().toList());
      seen.put(run, here);
      for (CoreFuture<?> future : here.open) {
        TaskRun<?> runner = future.currentRun();
        if (runner != null) {
          next.push(runner);
        }
      }
    }
    return seen;
  }

  /** Spares a wait for any of very many futures from being looked at whole, when one of the first is on its way. */
  private static boolean plainlyFree(Wait wait) {
    if (wait.needsAll()) {
      return false;
    }
    return wait.open()
        .anyMatch(
            future -> {
              TaskRun<?> runner = future.currentRun();
              return runner == null || runner.waitsFor() == null;
            });
  }

  private static boolean canGoOn(Waiting each, Map<TaskRun<?>, Waiting> stuck) {
    List<CoreFuture<?>> open = each.open;
    return each.wish.needsAll()
        ? open.stream().noneMatch(future -> isStuck(future, stuck))
        : open.isEmpty() || !open.stream().allMatch(future -> isStuck(future, stuck));
  }

  private static boolean isStuck(CoreFuture<?> future, Map<TaskRun<?>, Waiting> stuck) {
    TaskRun<?> runner = future.currentRun();
    return runner != null && stuck.containsKey(runner);
  }

  /** Walks from stuck task to stuck task until one comes again. */
  private static List<Waiting> cycle(TaskRun<?> start, Map<TaskRun<?>, Waiting> stuck) {
    List<Waiting> path = new ArrayList<>();
    Waiting here = stuck.get(start);
    while (here != null && !path.contains(here)) {
      path.add(here);
      here = next(here, stuck);
    }
    return here == null ? List.of() : path.subList(path.indexOf(here), path.size());
  }

  private static @Nullable Waiting next(Waiting here, Map<TaskRun<?>, Waiting> stuck) {
    for (CoreFuture<?> future : here.open) {
      TaskRun<?> runner = future.currentRun();
      if (runner != null && stuck.containsKey(runner)) {
        return stuck.get(runner);
      }
    }
    return null;
  }

  private static List<String> rotated(List<String> names, int by) {
    List<String> rotated = new ArrayList<>(names.subList(by, names.size()));
    rotated.addAll(names.subList(0, by));
    return rotated;
  }
}
