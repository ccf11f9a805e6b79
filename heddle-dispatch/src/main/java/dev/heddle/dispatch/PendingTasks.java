package dev.heddle.dispatch;

import dev.heddle.futures.spi.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The queue of tasks that wait for a worker, by priority and within one in order, with the exact number of those that were not
 * dropped. Guarded by the dispatcher's lock.
 *
 * <p>A task that is cancelled while it waits stays in the queue, since finding it would take linear time; it is skipped when
 * it comes to the front, or removed when such tasks make up half of the queue. Tasks are marked as dropped by {@link #drop}
 * only, so that the number is always right.
 */
final class PendingTasks {
  private static final int MANY_DROPPED = 64;

  private final ArrayDeque<DispatchedTask> usual = new ArrayDeque<>(); // those of priority 0
  private final NavigableMap<Integer, ArrayDeque<DispatchedTask>> ranked = new TreeMap<>(Comparator.reverseOrder()); // no empty ones
  private int size;
  private int dropped; // of those in the queue

  /** Returns how many tasks wait and are not dropped. */
  int live() {
    return size - dropped;
  }

  /** Adds a task at the end of those of its priority. */
  void add(DispatchedTask task) {
    queueOf(task).add(task);
    size++;
    task.queue();
  }

  private ArrayDeque<DispatchedTask> queueOf(DispatchedTask task) {
    int priority = task.work.priority();
    return priority == 0 ? usual : ranked.computeIfAbsent(priority, _ -> new ArrayDeque<>());
  }

  /** Puts a task back in front of the others of its priority, unless it was dropped. */
  void addFirst(DispatchedTask task) {
    if (task.isDropped()) {
      task.payload.release();
    } else {
      queueOf(task).addFirst(task);
      size++;
      task.queue();
    }
  }

  /** Removes and returns the first task that is not dropped; null if there is none. */
  @Nullable
  DispatchedTask poll() {
    DispatchedTask task = next();
    while (task != null && takeOut(task)) {
      task = next();
    }
    return task;
  }

  private @Nullable DispatchedTask next() {
    Map.Entry<Integer, ArrayDeque<DispatchedTask>> first = ranked.isEmpty() ? null : ranked.firstEntry();
    if (first == null || (first.getKey() < 0 && !usual.isEmpty())) {
      return usual.poll();
    }
    DispatchedTask task = first.getValue().poll();
    if (first.getValue().isEmpty()) {
      ranked.remove(first.getKey());
    }
    return task;
  }

  private void removeIf(Predicate<DispatchedTask> which) {
    usual.removeIf(which);
    ranked.values().forEach(each -> each.removeIf(which));
    ranked.values().removeIf(ArrayDeque::isEmpty);
  }

  /** Notes that a task has left the queue; true if it was dropped. */
  private boolean takeOut(DispatchedTask task) {
    task.detach();
    size--;
    dropped -= task.isDropped() ? 1 : 0;
    return task.isDropped();
  }

  /** Marks a task, in the queue or elsewhere, as dropped: it was cancelled or has failed, and must not be sent any more. */
  void drop(DispatchedTask task) {
    if (task.isDropped()) {
      return;
    }
    task.setDropped();
    if (!task.isSent()) { // else the worker may be reading its large arrays
      task.payload.release();
    }
    if (task.isQueued()) {
      dropped++;
      if (live() == 0 || (dropped >= MANY_DROPPED && dropped > size / 2)) {
        removeIf(each -> each.isDropped() && takeOut(each));
      }
    }
  }

  /** Removes the tasks that have not begun, makes sure that they never do, and returns them. */
  List<Work> withdrawAll() {
    List<Work> taken = new ArrayList<>();
    removeIf(
        task -> {
          if (!task.isDropped() && !task.withdraw()) {
            return false; // it has begun, and its worker was lost
          }
          if (!takeOut(task)) {
            task.work.attach(null);
            task.payload.release();
            taken.add(task.work);
          }
          return true;
        });
    return taken;
  }

  /** Removes everything, and returns the tasks that were not dropped. */
  List<DispatchedTask> clear() {
    List<DispatchedTask> live = new ArrayList<>(live());
    for (DispatchedTask task = poll(); task != null; task = poll()) {
      live.add(task);
    }
    return live;
  }

  /** Applies an action to each task that is not dropped. */
  void forEach(Consumer<DispatchedTask> action) {
    Consumer<DispatchedTask> live = each -> {
      if (!each.isDropped()) {
        action.accept(each);
      }
    };
    usual.forEach(live);
    ranked.values().forEach(each -> each.forEach(live));
  }
}
