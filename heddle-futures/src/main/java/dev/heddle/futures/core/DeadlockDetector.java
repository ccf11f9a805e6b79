package dev.heddle.futures.core;

import dev.heddle.futures.DeadlockException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks that wait for each other in a cycle, and tasks that wait for a queued task while all workers wait.
 *
 * <p>No graph of waits is kept: each task that waits without a time-out publishes its wait ({@link RunningTask#waitsFor()}),
 * and the thread that has just published one searches what is reachable from it. If two tasks close a cycle at the same
 * moment, the second to publish sees both waits, so no cycle is missed.
 *
 * <p>A wait that was read early may have ended when a later one is read. Therefore a cycle counts only if a second search
 * finds exactly the same waits: each of them existed during the whole time between the two reads, so at one moment all of
 * them did.
 */
public final class DeadlockDetector {

  /** A task and the wait it is in. */
  private record Waiting(RunningTask task, FutureWait ongoing, List<CoreFuture<?>> open) {}

  private DeadlockDetector() {}

  /** Fails the waits of a cycle if the given task, which has just published its wait, can never continue. */
  static void search(RunningTask start) {
    Map<RunningTask, Waiting> before = Map.of();
    Map<RunningTask, Waiting> stuck = stuckFrom(start);
    // The difference may lie outside the cycle, and no later search is certain: repeat until two searches agree.
    while (stuck.containsKey(start) && !stuck.equals(before)) {
      before = stuck;
      stuck = stuckFrom(start);
    }
    if (stuck.containsKey(start)) {
      endWaits(start, stuck);
    }
  }

  private static void endWaits(RunningTask start, Map<RunningTask, Waiting> stuck) {
    List<Waiting> path = path(start, stuck);
    Waiting last = path.getLast();
    Waiting again = next(last, stuck);
    if (again == null) {
      starved(path.getFirst(), last, stuck);
    } else {
      failCycle(path.subList(path.indexOf(again), path.size()));
    }
  }

  private static void failCycle(List<Waiting> cycle) {
    List<String> names = cycle.stream().map(each -> each.task.name()).toList();
    for (int i = 0; i < cycle.size(); i++) {
      List<String> tasks = rotated(names, i);
      cycle.get(i).ongoing.failWith(() -> cycle(tasks));
    }
    cycle.forEach(each -> each.ongoing.wake()); // only now: a wait that ends must not free one without its failure
  }

  /** Fails the calling thread's wait, which occupied the last worker; then the others can continue. */
  private static void starved(Waiting start, Waiting last, Map<RunningTask, Waiting> stuck) {
    for (CoreFuture<?> future : last.open) {
      CoreFuture.Queued full = isStuck(future, stuck) ? future.queued() : null;
      if (full != null) {
        start.ongoing.failWith(() -> starvation(start.task.name(), full));
        return;
      }
    }
  }

  /** Returns the tasks reachable from one that wait only for each other. */
  private static Map<RunningTask, Waiting> stuckFrom(RunningTask start) {
    Map<RunningTask, Waiting> waiting = reachable(start);
    while (waiting.values().removeIf(each -> canContinue(each, waiting))) {
      // a task that can continue may free those that wait for it
    }
    return waiting;
  }

  private static Map<RunningTask, Waiting> reachable(RunningTask start) {
    Map<RunningTask, Waiting> seen = new LinkedHashMap<>();
    Deque<RunningTask> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      RunningTask task = next.pop();
      FutureWait wait = task.waitsFor();
      if (wait == null || seen.containsKey(task) || isFree(wait)) {
        continue;
      }
      Waiting here = new Waiting(task, wait, wait.open().toList());
      seen.put(task, here);
      for (CoreFuture<?> future : here.open) {
        future.heldUpBy().forEach(next::push);
      }
    }
    return seen;
  }

  /** Returns early for a wait for any of very many futures, when one of the first is not held up by a wait. */
  private static boolean isFree(FutureWait wait) {
    if (wait.needsAll()) {
      return false;
    }
    return wait.open()
        .anyMatch(
            future -> {
              List<RunningTask> tasks = future.heldUpBy();
              return tasks.isEmpty() || tasks.stream().anyMatch(task -> task.waitsFor() == null);
            });
  }

  private static boolean canContinue(Waiting each, Map<RunningTask, Waiting> stuck) {
    List<CoreFuture<?>> open = each.open;
    return each.ongoing.needsAll()
        ? open.stream().noneMatch(future -> isStuck(future, stuck))
        : open.isEmpty() || !open.stream().allMatch(future -> isStuck(future, stuck));
  }

  private static boolean isStuck(CoreFuture<?> future, Map<RunningTask, Waiting> stuck) {
    List<RunningTask> tasks = future.heldUpBy();
    return !tasks.isEmpty() && stuck.keySet().containsAll(tasks);
  }

  /**
   * Returns a path from stuck task to stuck task that ends at one that waits for a task on the path or for queued ones only.
   */
  private static List<Waiting> path(RunningTask start, Map<RunningTask, Waiting> stuck) {
    List<Waiting> path = new ArrayList<>();
    Waiting here = stuck.get(start);
    while (here != null && !path.contains(here)) {
      path.add(here);
      here = next(here, stuck);
    }
    return path;
  }

  /** Returns the running stuck task that one waits for; null if it waits for tasks that are queued. */
  private static @Nullable Waiting next(Waiting here, Map<RunningTask, Waiting> stuck) {
    for (CoreFuture<?> future : here.open) {
      List<RunningTask> tasks = future.isHeldUp() ? future.heldUpBy() : List.of();
      Waiting next = tasks.isEmpty() ? null : stuck.get(tasks.getFirst());
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

  /** The error of one wait of a cycle: {@code tasks.get(i)} waits for {@code tasks.get(i + 1)}, the last for the first. */
  private static DeadlockException cycle(List<String> tasks) {
    StringBuilder path = new StringBuilder("task '" + tasks.getFirst() + "'");
    for (String next : tasks.subList(1, tasks.size())) {
      path.append(" waits for task '").append(next).append("', which");
    }
    path.append(" waits for ").append(tasks.size() == 1 ? "itself" : "task '" + tasks.getFirst() + "'");
    return new DeadlockException(
        "deadlock: " + path + "; none of them could ever finish. Let one finish without the other's result,"
            + " or wait with a time-out",
        tasks);
  }

  private static DeadlockException starvation(String task, CoreFuture.Queued full) {
    return new DeadlockException(
        "deadlock: task '" + task + "' waits for another task, and so does every thread of executor '" + full.name() + "' ("
            + full.load() + "), which has no thread left for the queued ones. Raise PoolOptions.maxSpareThreads, nest tasks"
            + " less deeply, or use ThreadPool.virtual()",
        List.of(task));
  }
}
