package dev.heddle.dispatch;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes tasks back from workers: those that have not begun without a trace, those that run by an
 * interrupt, where the engine has that, or by killing the worker.
 * Thread-safe.
 */
final class Cancellations {
  private static final long UNCLAIMED_IN_PASSING_NANOS = 10_000_000;

  private final ReentrantLock lock;
  private final WorkerPool workers;
  private final PendingTasks pending;
  private final DeferredActions deferred;

  /**
   * Creates the cancellations of a dispatcher.
   *
   * @param lock the dispatcher's, which guards the next one
   */
  Cancellations(ReentrantLock lock, WorkerPool workers, DeferredActions deferred) {
    this.lock = lock;
    this.workers = workers;
    this.pending = workers.pending();
    this.deferred = deferred;
  }

  /** {@link dev.heddle.futures.spi.Engine#withdraw}. */
  boolean withdraw(Work work) {
    if (!(work.attachment() instanceof DispatchedTask task)) {
      return true;
    }
    lock.lock();
    try {
      if (!task.isNew()) {
        return task.isWithdrawn();
      }
      Worker worker = task.worker();
      boolean sent = worker != null && task.isSent();
      if (worker != null && sent && !worker.queue.takeBack(task)) {
        deferred.launch(task); // the worker has started it, which was not known here yet
        return false;
      }
      boolean withdrawn = task.withdraw();
      if (withdrawn) {
        pending.drop(task);
        work.attach(null);
      }
      if (worker != null && sent) {
        if (!withdrawn) { // it began here at this very moment, so it must go on
          pending.addFirst(task);
        }
        workers.afterRetract(worker);
      }
      return withdrawn;
    } finally {
      lock.unlock();
      deferred.run();
    }
  }

  /**
   * Ends a task that was sent, and no other one; the lock is held.
   *
   * <p>What was sent behind it is taken back first. If some of that cannot be, the worker has started it, and so is past
   * this task; and if all of it is back, nothing but this task can be hurt.
   */
  void endInWorker(Worker worker, DispatchedTask task, String reason) {
    worker.queue.takeBackBehind(task, pending);
    if (isUnclaimedInPassing(worker, task) && worker.queue.takeBack(task)) {
      end(task);
      workers.afterRetract(worker);
    } else if (!worker.channel.isPassed(task.id()) && !worker.channel.interrupt(task.id())) {
      pending.drop(task); // it may be taken back, but must not be sent again
      workers.condemn(worker, ExitReason.STOPPED, reason);
    }
    workers.serve();
  }

  /** {@link dev.heddle.futures.spi.Engine#stop}. */
  void stop(Attempt attempt) {
    if (!(attempt.work().attachment() instanceof DispatchedTask task) || task.attempt() != attempt) {
      return;
    }
    lock.lock();
    try {
      attempt.work().attach(null);
      Worker worker = task.worker();
      if (worker == null || !task.isSent()) {
        pending.drop(task);
        end(task);
      } else {
        endInWorker(worker, task, "task '" + task + "' was cancelled or timed out");
      }
    } finally {
      lock.unlock();
    }
    deferred.run();
  }

  /** Ends an attempt that has begun here and that no worker runs: it is told so, as one is whose worker was killed. */
  private void end(DispatchedTask task) {
    deferred.fail(task, new CancellationException("task '" + task + "' was cancelled before a worker ran it"));
  }

  /** Whether it has just been sent. If a worker has not claimed it for long, that worker is stuck. */
  private static boolean isUnclaimedInPassing(Worker worker, DispatchedTask task) {
    return task.nanosAtHead(worker.now()) < UNCLAIMED_IN_PASSING_NANOS;
  }

  /** {@link dev.heddle.futures.spi.Engine#drain}. */
  List<Work> drain() {
    List<Work> taken;
    lock.lock();
    try {
      workers.takeBackWhatIsAhead();
      taken = pending.withdrawAll();
      workers.serve();
    } finally {
      lock.unlock();
    }
    deferred.run();
    return taken;
  }
}
