package dev.heddle.futures;

import dev.heddle.futures.spi.Engine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks that wait for each other for ever, or for a task that no worker will ever take, as all of them wait.
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
    Map<TaskRun<?>, Waiting> before = Map.of();
    Map<TaskRun<?>, Waiting> stuck = stuckFrom(start);
    // Whatever differed may have been beside the cycle, and nobody looks again: so on until two looks agree.
    while (stuck.containsKey(start) && !stuck.equals(before)) {
      before = stuck;
      stuck = stuckFrom(start);
    }
    if (stuck.containsKey(start)) {
      endWaits(start, stuck);
    }
  }

  private static void endWaits(TaskRun<?> start, Map<TaskRun<?>, Waiting> stuck) {
    List<Waiting> path = path(start, stuck);
    Waiting last = path.getLast();
    Waiting again = next(last, stuck);
    if (again == null) {
      starved(path.getFirst(), last, stuck);
    } else {
      condemn(path.subList(path.indexOf(again), path.size()));
    }
  }

  private static void condemn(List<Waiting> cycle) {
    List<String> names = cycle.stream().map(each -> each.run.name()).toList();
    for (int i = 0; i < cycle.size(); i++) {
      List<String> tasks = rotated(names, i);
      cycle.get(i).wish.condemn(() -> DeadlockException.ofCycle(tasks));
    }
    cycle.forEach(each -> each.wish.wake()); // only now: one that ends must not free another that has not been told
  }

  /** Ends the calling thread's wait, which was the one too many; then the others can go on. */
  private static void starved(Waiting start, Waiting last, Map<TaskRun<?>, Waiting> stuck) {
    for (CoreFuture<?> future : last.open) {
      if (isStuck(future, stuck) && future instanceof TaskFuture<?> queued) {
        EngineExecutor full = queued.executor();
        Engine.Load load = full.engine().load();
        start.wish.condemn(() -> DeadlockException.starved(start.run.name(), full.name(), load));
        return;
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
        future.heldUpBy().forEach(next::push);
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
              List<TaskRun<?>> runs = future.heldUpBy();
              return runs.isEmpty() || runs.stream().anyMatch(run -> run.waitsFor() == null);
            });
  }

  private static boolean canGoOn(Waiting each, Map<TaskRun<?>, Waiting> stuck) {
    List<CoreFuture<?>> open = each.open;
    return each.wish.needsAll()
        ? open.stream().noneMatch(future -> isStuck(future, stuck))
        : open.isEmpty() || !open.stream().allMatch(future -> isStuck(future, stuck));
  }

  private static boolean isStuck(CoreFuture<?> future, Map<TaskRun<?>, Waiting> stuck) {
    List<TaskRun<?>> runs = future.heldUpBy();
    return !runs.isEmpty() && stuck.keySet().containsAll(runs);
  }

  /** Walks from stuck task to stuck task, until one comes again or waits for queued ones only. */
  private static List<Waiting> path(TaskRun<?> start, Map<TaskRun<?>, Waiting> stuck) {
    List<Waiting> path = new ArrayList<>();
    Waiting here = stuck.get(start);
    while (here != null && !path.contains(here)) {
      path.add(here);
      here = next(here, stuck);
    }
    return path;
  }

  /** The stuck task that one waits for itself; null if it waits for tasks that have not begun. */
  private static @Nullable Waiting next(Waiting here, Map<TaskRun<?>, Waiting> stuck) {
    for (CoreFuture<?> future : here.open) {
      List<TaskRun<?>> runs = future.isRunning() ? future.heldUpBy() : List.of();
      Waiting next = runs.isEmpty() ? null : stuck.get(runs.getFirst());
      if (next != null) {
        return next;
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
