package dev.heddle.dispatch;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The state of a pool for those who ask: its load, its workers, and the attempts under way. Thread-safe; takes the lock. */
final class PoolView {
  private static final int TASKS_AHEAD = 8; // for each worker, at least

  private final ReentrantLock lock;
  private final WorkerPool workers;

  PoolView(ReentrantLock lock, WorkerPool workers) {
    this.lock = lock;
    this.workers = workers;
  }

  /** Returns how busy the pool is; no task waits while it lends its place. */
  Engine.Load load() {
    return locked(() -> new Engine.Load(begun().size(), 0, workers.active().length));
  }

  /** Returns the workers there are now, spare ones included, the oldest first. */
  List<WorkerInfo> snapshot() {
    return locked(() -> workers.all().stream().map(Worker::info).toList());
  }

  /** Returns how many workers have left so far, by reason; each reason is present. */
  Map<ExitReason, Long> exits() {
    return locked(workers::exits);
  }

  /** Returns how many tasks of a map are to be under way; without the lock. */
  int lookahead(int most) {
    int deepest = TASKS_AHEAD;
    for (Worker each : workers.active()) {
      deepest = Math.max(deepest, 2 * each.depth()); // one part in the worker, and as much ready to follow
    }
    return (int) Math.min((long) deepest * most, Integer.MAX_VALUE);
  }

  /** Returns the attempts that have begun and not ended. */
  List<Attempt> running() {
    return locked(this::begun);
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private List<Attempt> begun() {
    List<Attempt> attempts = new ArrayList<>();
    for (Worker each : workers.all()) {
      each.queue.forEach(task -> addAttempt(task, attempts));
    }
    workers.pending().forEach(task -> addAttempt(task, attempts));
    return attempts;
  }

  private static void addAttempt(DispatchedTask task, List<Attempt> attempts) {
    Attempt attempt = task.attempt();
    if (attempt != null && !task.isDropped() && task.work.attachment() == task) {
      attempts.add(attempt);
    }
  }
}
