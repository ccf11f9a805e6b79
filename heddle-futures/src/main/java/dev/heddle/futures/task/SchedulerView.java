package dev.heddle.futures.task;

import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.live.LiveEngine;
import dev.heddle.futures.live.LiveObject;
import dev.heddle.futures.live.LiveObjects;
import dev.heddle.futures.live.LiveRow;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;

/** An executor as it is seen from outside: its counts, its workers, and the tasks under way. Thread-safe. */
final class SchedulerView implements LiveObject {
  private final TaskScheduler scheduler;
  private final boolean isVirtual;
  private final long made = System.nanoTime();
  private final LiveObjects.Registration registration;

  /**
   * Registers an executor, weakly; its scheduler keeps this.
   *
   * @param keepsAlive as of {@link TaskScheduler}: whether its threads are virtual
   */
  SchedulerView(TaskScheduler scheduler, boolean keepsAlive) {
    this.scheduler = scheduler;
    this.isVirtual = keepsAlive;
    this.registration = LiveObjects.add(this);
  }

  /** The executor has been closed, and its last task has ended. */
  void close() {
    registration.close();
  }

  @Override
  public void describe(LiveRows rows, String id) {
    Engine engine = scheduler.engine();
    ExecutorStats stats = scheduler.stats();
    LiveRow row = rows.add("executor", id, "", scheduler.name())
        .type(engine.getClass().getSimpleName())
        .state(scheduler.isClosed() ? "closing" : "open")
        .age(System.nanoTime() - made)
        .figure("workers", stats.workers())
        .figure("queued", stats.queued())
        .figure("running", stats.running())
        .figure("waiting", stats.waiting())
        .figure("done", stats.done())
        .figure("failed", stats.failed())
        .figure("cancelled", stats.cancelled())
        .figure("retried", stats.retried())
        .figure("failedStarts", stats.failedStarts());
    if (engine.parallelism() != Integer.MAX_VALUE) {
      row.figure("limit", engine.parallelism());
    }
    if (engine instanceof LiveEngine known) {
      String kind = known.describe(rows, id);
      row.type(isVirtual ? "virtual threads" : kind);
    } else {
      int number = 0;
      for (Attempt attempt : engine.running()) {
        rows.add("task", id + "/t" + ++number, id, attempt.work().name()).state("running");
      }
    }
  }
}
