package dev.heddle.dispatch;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.util.concurrent.TimeUnit;

/** Checks whether workers idle, grow or hang, and dismisses or kills those that do. Thread-safe. */
final class Health {
  private static final long LOOK_MILLIS = 5_000;
  private static final long MEMORY_LOOK_MILLIS = 100;
  private static final long IDLE_LOOK_MILLIS = 1_000;

  private final Dispatcher dispatcher;
  private final WorkerPool workers;
  private final DispatchOptions options;
  private final long idleNanos;
  private final long claimNanos;
  private final long settleMillis;

  Health(Dispatcher dispatcher, WorkerPool workers, DispatchOptions options) {
    this.dispatcher = dispatcher;
    this.workers = workers;
    this.options = options;
    this.idleNanos = Check.nanos(options.idleTimeout());
    this.claimNanos = Check.nanos(options.claimTimeout());
    this.settleMillis = options.maxMemory() > 0 ? MEMORY_LOOK_MILLIS : IDLE_LOOK_MILLIS;
  }

  /**
   * Returns whether a worker has idled for so long that it is not looked at: its channel is to be woken up with its next
   * task.
   */
  boolean isLeftAlone(Worker worker) {
    return worker.idleNanos() > TimeUnit.MILLISECONDS.toNanos(settleMillis);
  }

  /** Returns after how many milliseconds a worker is to be looked at. */
  long nextLook(WorkerChannel channel) {
    long idleMillis = TimeUnit.NANOSECONDS.toMillis(idleNanos) + 1;
    dispatcher.lock();
    try {
      Worker worker = workers.of(channel);
      if (worker != null && !worker.state().isStarting() && worker.queue.isEmpty()) {
        long idle = TimeUnit.NANOSECONDS.toMillis(worker.idleNanos());
        long left = Math.max(1, idleMillis - idle);
        boolean settling = !worker.state().isSpare() && idle < 2 * settleMillis; // then it is left alone until its next task
        return settling ? Math.min(settleMillis, left) : left;
      }
      long claimMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(claimNanos) / 2);
      return options.maxMemory() > 0
          ? MEMORY_LOOK_MILLIS
          : Math.min(Math.min(LOOK_MILLIS, claimMillis), idleMillis);
    } finally {
      dispatcher.unlock();
    }
  }

  /** Looks at a worker. */
  void look(WorkerChannel channel) {
    long memory = options.maxMemory() > 0 ? channel.ownMemory() : 0;
    dispatcher.lock();
    try {
      Worker worker = workers.of(channel);
      if (worker == null || worker.state().isStarting() || worker.state().isLeaving()) {
        return;
      }
      DispatchedTask head = worker.queue.head();
      if (head == null) {
        lookAtIdle(worker, memory);
      } else if (memory > options.maxMemory()) {
        workers.condemn(worker, ExitReason.UNFIT, "its resident memory of " + (memory >> 20) + " MiB was over the limit of "
            + (options.maxMemory() >> 20) + " MiB (maxRss)");
      } else if (head.isSent() && head.nanosAtHead(worker.now()) > claimNanos && channel.isUnclaimed(head.id())) {
        workers.condemn(
            worker, ExitReason.UNFIT, "it did not take its task for " + Describe.duration(options.claimTimeout()));
      } else if (head.isSent() && worker.nanosPassed(head, channel.isPassed(head.id())) > claimNanos) {
        workers.condemn(
            worker, ExitReason.UNFIT, "it did not report the end of its task, past which it has been for "
                + Describe.duration(options.claimTimeout()));
      }
    } finally {
      dispatcher.unlock();
    }
  }

  private void lookAtIdle(Worker worker, long memory) {
    boolean unneeded = worker.state() == WorkerState.SERVING || workers.active().length == 0;
    if (memory > options.maxMemory()) { // what it has left over must not cost the next task
      workers.dismiss(worker, ExitReason.UNFIT);
    } else if (unneeded && worker.idleNanos() > idleNanos) {
      workers.dismiss(worker, ExitReason.IDLE);
    } else if (!unneeded) {
      worker.idles();
    }
  }
}
