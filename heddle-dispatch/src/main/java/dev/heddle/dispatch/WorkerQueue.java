package dev.heddle.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a worker was given, in order: the first one runs, the others wait in the worker. Guarded by the
 * dispatcher's lock.
 *
 * <p>A task is given, then sent, and leaves when it has ended, or is taken back before the worker has claimed it.
 */
final class WorkerQueue {
  private static final int MIN_AT_HAND = 2; // tasks, so that a worker need not wait between them

  private final Worker worker;
  private final WorkerChannel channel;
  private final ArrayDeque<DispatchedTask> tasks = new ArrayDeque<>();
  private int lastId;
  private int unflushed; // tasks sent that wait until more follow or the worker has little left to do

  WorkerQueue(Worker worker, WorkerChannel channel) {
    this.worker = worker;
    this.channel = channel;
  }

  // ---- questions ----

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  int size() {
    return tasks.size();
  }

  /** The task that runs, or is next to. */
  @Nullable
  DispatchedTask head() {
    return tasks.peekFirst();
  }

  /** The task of that number, or null. */
  @Nullable
  DispatchedTask find(int id) {
    for (DispatchedTask each : tasks) {
      if (each.isSent() && each.id() == id) {
        return each;
      }
    }
    return null;
  }

  void forEach(Consumer<DispatchedTask> action) {
    tasks.forEach(action);
  }

  /** Whether another task may be sent behind the others, which only a worker that is busy can have. */
  boolean mayHaveMore() {
    DispatchedTask last = tasks.peekLast();
    return last != null && last.isSent() && tasks.size() < worker.depth();
  }

  /** The number of the task that ends next; 0, which is no task's, if none was sent. */
  int runningId() {
    DispatchedTask head = tasks.peekFirst();
    return head != null && head.isSent() ? head.id() : 0;
  }

  // ---- to the worker ----

  /** Assigns a task to the worker; it is to be sent. */
  void give(DispatchedTask task) {
    tasks.add(task);
    task.give(worker);
  }

  /** Sends a task that was assigned to the worker, with the next flush; false if too many are under way. */
  boolean send(DispatchedTask task) {
    int id = lastId + 1;
    boolean sent = channel.send(id, task.payload);
    if (sent) {
      task.sent(id, worker.now());
      lastId = id;
      unflushed++;
    }
    return sent;
  }

  /** Flushes what was sent, if the worker has little to do. */
  void flush() {
    flush(MIN_AT_HAND);
  }

  /** Flushes what was sent to a worker that was filled up, which can go on for longer. */
  void flushFull() {
    flush(Math.max(MIN_AT_HAND, worker.depth() / 4));
  }

  /**
   * Flushes what was sent, if what the worker has does not keep it busy. Otherwise that waits, to travel with more, until
   * results come; they always do, since the worker has something to do.
   */
  private void flush(int enough) {
    if (unflushed > 0 && tasks.size() - unflushed < enough) {
      unflushed = 0;
      channel.flush();
    }
  }

  // ---- and back ----

  /** Removes the first task, which has ended. */
  void end(DispatchedTask head) {
    tasks.removeFirst();
    head.detach();
  }

  /** The first task is another than before; null if there is none that was sent. */
  @Nullable
  DispatchedTask cameToHead() {
    DispatchedTask head = tasks.peekFirst();
    if (head == null || !head.isSent()) {
      return null;
    }
    head.cameToHead(worker.now()); // from now on it counts for how long the worker does not take it
    return head;
  }

  /** Removes a task that the worker will not start. */
  void retract(DispatchedTask task) {
    tasks.remove(task);
    task.detach();
    flush(); // it may have been what kept the worker busy
  }

  /** Takes back a task; false if the worker has started it. */
  boolean takeBack(DispatchedTask task) {
    if (task.isSent() && !channel.takeBack(task.id())) {
      return false;
    }
    retract(task);
    return true;
  }

  /**
   * Puts what the worker has not started into the pending tasks, back to front, down to a task, that one excluded; null for
   * all.
   */
  void takeBackBehind(@Nullable DispatchedTask first, PendingTasks pending) {
    for (DispatchedTask each : new ArrayList<>(tasks).reversed()) {
      if (each == first) {
        return;
      }
      if (takeBack(each)) {
        pending.addFirst(each);
      }
    }
  }

  /** Takes back the last task, if it waits behind another. */
  @Nullable
  DispatchedTask stealLast() {
    DispatchedTask last = tasks.size() > 1 ? tasks.peekLast() : null;
    return last != null && last.isSent() && takeBack(last) ? last : null;
  }

  /**
   * Puts what the worker has not started into the pending tasks. What is left here, it has started.
   *
   * @param faulty whether the worker is lost by something it did: perhaps because of the first task, which it has received
   * @return the first task, if workers were lost with it too often; it does not go back
   */
  @Nullable
  DispatchedTask takeBackAll(PendingTasks pending, boolean faulty) {
    DispatchedTask first = tasks.peekFirst();
    boolean received = first != null && first.isSent();
    takeBackBehind(null, pending);
    if (first != null && faulty && received && first.worker() == null && !first.isDropped() && first.isLostAgain()) {
      pending.drop(first);
      return first;
    }
    return null;
  }

  /** The worker is gone: removes and returns what it had started. */
  List<DispatchedTask> clear() {
    List<DispatchedTask> started = new ArrayList<>(tasks);
    tasks.clear();
    started.forEach(DispatchedTask::detach);
    return started;
  }
}
