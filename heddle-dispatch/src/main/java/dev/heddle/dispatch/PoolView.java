package dev.heddle.dispatch;

import dev.heddle.futures.live.LiveRow;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of a pool for those who ask: its load, its workers, and the attempts under way. Thread-safe; takes the lock. */
final class PoolView {
  private static final int TASKS_AHEAD = 8; // for each worker, at least

  private final ReentrantLock lock;
  private final WorkerPool workers;
  private final String kind;

  PoolView(ReentrantLock lock, WorkerPool workers, String kind) {
    this.lock = lock;
    this.workers = workers;
    this.kind = kind;
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
    for (Worker each : workers.takeTasksAhead() ? workers.active() : new Worker[0]) {
      deepest = Math.max(deepest, 2 * each.depth()); // one part in the worker, and as much ready to follow
    }
    return (int) Math.min((long) deepest * most, Integer.MAX_VALUE);
  }

  /** Returns the attempts that have begun and not ended. */
  List<Attempt> running() {
    return locked(this::begun);
  }

  /** A worker, and what it runs, as they were under the lock. */
  private record Seen(WorkerInfo worker, @Nullable DispatchedTask task, long since, long now) {}

  /** Adds a row for each worker, and one for its task, to the view from outside; returns the kind of workers. */
  String describe(LiveRows rows, String id) {
    List<Seen> seen = locked(() -> workers.all().stream().map(PoolView::seen).toList());
    for (Seen each : seen) {
      WorkerChannel channel = each.worker.channel();
      String worker = id + "/w" + channel.number();
      rows.add("worker", worker, id, channel.toString())
          .state(each.worker.activity().name().toLowerCase(Locale.ROOT))
          .age(Duration.between(each.worker.started(), Instant.now()).toNanos())
          .figure("pid", channel.pid())
          .figure("assigned", each.worker.assigned())
          .figure("done", each.worker.finished());
      if (each.task != null) {
        rows.add("task", worker + "/t", worker, each.task.toString()).state("running").age(each.now - each.since);
      }
    }
    LiveRow exits = rows.add("exits", id + "/exits", id, "workers that have ended");
    exits().forEach((reason, count) -> exits.figure(reason.name().toLowerCase(Locale.ROOT), count));
    return kind;
  }

  private static Seen seen(Worker worker) {
    long now = worker.now();
    DispatchedTask head = worker.queue.head();
    return head != null && head.isSent() && worker.isServing()
        ? new Seen(worker.info(), head, worker.startOfHead(head, now), now)
        : new Seen(worker.info(), null, now, now);
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
