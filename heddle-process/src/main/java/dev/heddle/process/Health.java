package dev.heddle.process;

import dev.heddle.futures.BrokenExecutorException;
import java.util.concurrent.TimeUnit;

/**
 * Whether workers idle, grow, hang or cannot be started, and what follows from that. Its fields are under the dispatcher's lock.
 */
final class Health {
  private static final int MAX_FAILED_STARTS = 3; // in a row, until the pool is broken
  private static final long LOOK_MILLIS = 5_000;
  private static final long RSS_LOOK_MILLIS = 100;
  private static final long IDLE_LOOK_MILLIS = 1_000;

  private final String name;
  private final ProcessEngine engine;
  private final Crew crew;
  private final long maxMemory;
  private final long idleNanos;
  private final long settleMillis;
  private final Patience patience;
  private int failedStarts; // in a row
  private long lastFailedStartNanos;

  Health(String name, ProcessOptions options, Patience patience, ProcessEngine engine) {
    this.name = name;
    this.engine = engine;
    this.crew = engine.crew();
    this.maxMemory = options.maxRss();
    this.idleNanos = Patience.nanos(options.idleTimeout());
    this.settleMillis = settleMillis(options);
    this.patience = patience;
  }

  private static long settleMillis(ProcessOptions options) {
    return options.maxRss() > 0 ? RSS_LOOK_MILLIS : IDLE_LOOK_MILLIS;
  }

  /** Whether a worker that gets a task has idled for so long that nobody looks at it: its channel is to be woken. */
  static boolean isLeftAlone(Worker worker, ProcessOptions options) {
    return System.nanoTime() - worker.idleSince > TimeUnit.MILLISECONDS.toNanos(settleMillis(options));
  }

  /** After how many milliseconds a worker is to be looked at. */
  long nextLook(WorkerChannel channel) {
    long idleMillis = TimeUnit.NANOSECONDS.toMillis(idleNanos) + 1;
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker != null && worker.ready && worker.pipeline.isEmpty()) {
        long idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - worker.idleSince);
        long left = Math.max(1, idleMillis - idle);
        boolean settling = !worker.spare && idle < 2 * settleMillis; // then it is left alone until its next task
        return settling ? Math.min(settleMillis, left) : left;
      }
      long claimMillis = Math.max(1, Patience.millis(patience.toClaim()) / 2);
      return maxMemory > 0 ? RSS_LOOK_MILLIS : Math.min(Math.min(LOOK_MILLIS, claimMillis), idleMillis);
    } finally {
      engine.unlock();
    }
  }

  /** Looks at a worker. */
  void look(WorkerChannel channel) {
    long memory = maxMemory > 0 ? channel.ownMemory() : 0;
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker == null || !worker.ready || worker.leaving) {
        return;
      }
      Job head = worker.pipeline.head();
      if (head == null) {
        lookAtIdle(worker, memory);
      } else if (memory > maxMemory) {
        crew.condemn(worker, Departure.UNFIT, "its resident memory of " + (memory >> 20) + " MiB was over the limit of "
            + (maxMemory >> 20) + " MiB (maxRss)");
      } else if (head.sent
          && System.nanoTime() - head.sentNanos > Patience.nanos(patience.toClaim())
          && channel.isUnclaimed(head.id)) {
        crew.condemn(
            worker, Departure.UNFIT, "it did not take its task for " + patience.toClaim().toMillis() / 1_000.0 + " s");
      }
    } finally {
      engine.unlock();
    }
  }

  private void lookAtIdle(Worker worker, long memory) {
    long now = System.nanoTime();
    boolean forgotten = !worker.spare || crew.active().length == 0;
    if (memory > maxMemory) { // what it has left over must not cost the next task
      crew.dismiss(worker, Departure.UNFIT);
    } else if (forgotten && now - worker.idleSince > idleNanos) {
      crew.dismiss(worker, Departure.IDLE);
    } else if (!forgotten) {
      worker.idleSince = now;
    }
  }

  // ---- starts; the lock is held ----

  /** Workers can be started: one is ready, or has ended a task. */
  void startWorked() {
    failedStarts = 0;
  }

  /**
   * A worker was lost before it was ready.
   *
   * <p>Those that were on their way together when one was lost count once: one mishap takes them all (somebody's kill, want of
   * memory for a moment), and only trying again shows whether it stays.
   */
  void startFailed(Worker worker, WorkerEnd end) {
    if (failedStarts > 0 && worker.startedNanos - lastFailedStartNanos < 0) {
      return;
    }
    lastFailedStartNanos = System.nanoTime();
    if (++failedStarts >= MAX_FAILED_STARTS) {
      WorkerStartException cause = new WorkerStartException(
          "a worker ended before it was ready: " + end.reason() + end.details(), null);
      engine.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: " + MAX_FAILED_STARTS
                  + " times in a row workers ended before they were ready ("
                  + end.reason() + "); mend the options of the workers' JVM and make a new executor" + end.details(),
              cause));
    }
  }

  /**
   * A start could not even be tried: there is no thread or no descriptor left.
   *
   * @return whether to try again, after a moment: nobody else will, and it may be better then
   */
  boolean isWorthTryingAgain(Throwable cause) {
    if (!crew.isEmpty()) {
      return false; // it is tried again when one of those has ended or idles
    }
    if (++failedStarts < MAX_FAILED_STARTS) {
      return true;
    }
    engine.breakWith(
        new BrokenExecutorException(
            "executor '" + name + "' is broken: " + MAX_FAILED_STARTS + " times in a row no worker could be started ("
                + cause
                + "); make a new executor when it can",
            new WorkerStartException("no worker can be started: " + cause, cause)));
    return false;
  }
}
