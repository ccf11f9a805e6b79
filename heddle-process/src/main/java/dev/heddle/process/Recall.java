package dev.heddle.process;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Takes tasks out of the hands of workers again: those that have not begun quietly, those that run by force. Thread-safe. */
final class Recall {
  private static final long UNCLAIMED_IN_PASSING_NANOS = 10_000_000;

  private final ReentrantLock lock;
  private final Crew crew;
  private final Backlog backlog;
  private final Afterwards afterwards;

  /**
   * For the tasks of a dispatcher.
   *
   * @param lock the dispatcher's, under which the next two are
   */
  Recall(ReentrantLock lock, Crew crew, Afterwards afterwards) {
    this.lock = lock;
    this.crew = crew;
    this.backlog = crew.backlog();
    this.afterwards = afterwards;
  }

  /** {@link dev.heddle.futures.spi.Engine#withdraw}. */
  boolean withdraw(Work work) {
    if (!(work.attachment() instanceof Job job)) {
      return true;
    }
    lock.lock();
    try {
      if (!job.isNew()) {
        return job.isWithdrawn();
      }
      Worker worker = job.worker;
      boolean sent = worker != null && job.sent;
      if (worker != null && sent && !worker.pipeline.takeBack(job)) {
        afterwards.launch(job); // the worker has started it, and this side only did not know yet
        return false;
      }
      boolean withdrawn = job.withdraw();
      if (withdrawn) {
        backlog.drop(job);
        work.attach(null);
      }
      if (worker != null && sent) {
        if (!withdrawn) { // it has begun here in this very moment, so it must go on
          backlog.addFirst(job);
        }
        crew.afterRetract(worker);
      }
      return withdrawn;
    } finally {
      lock.unlock();
      afterwards.run();
    }
  }

  /**
   * Ends a task that was sent, and no other one; the lock is held.
   *
   * <p>What was sent behind it is taken back first. If some of that cannot be, the worker has started it, and so is past this
   * task; and if all of it is back, nothing but this task can be hurt.
   */
  void endInWorker(Worker worker, Job job, String reason) {
    worker.pipeline.takeBackBehind(job, backlog);
    if (isUnclaimedInPassing(job) && worker.pipeline.takeBack(job)) {
      job.task.release();
      crew.afterRetract(worker);
    } else if (!worker.channel.isPassed(job.id)) {
      backlog.drop(job); // it may be taken back, but must not be sent again
      crew.condemn(worker, Departure.STOPPED, reason);
    }
    crew.serve();
  }

  /** {@link dev.heddle.futures.spi.Engine#stop}. */
  void stop(Attempt attempt) {
    if (!(attempt.work().attachment() instanceof Job job) || job.attempt() != attempt) {
      return;
    }
    lock.lock();
    try {
      attempt.work().attach(null);
      Worker worker = job.worker;
      if (worker == null || !job.sent) {
        backlog.drop(job);
      } else {
        endInWorker(worker, job, "task '" + job + "' was cancelled or its time was over");
      }
    } finally {
      lock.unlock();
    }
    afterwards.run();
  }

  /** Whether it has just been sent. If a worker has not claimed it for long, that worker is stuck. */
  private static boolean isUnclaimedInPassing(Job job) {
    return System.nanoTime() - job.sentNanos < UNCLAIMED_IN_PASSING_NANOS;
  }

  /** {@link dev.heddle.futures.spi.Engine#drain}. */
  List<Work> drain() {
    List<Work> taken;
    lock.lock();
    try {
      crew.takeBackWhatIsAhead();
      taken = backlog.withdrawAll();
      crew.serve();
    } finally {
      lock.unlock();
    }
    afterwards.run();
    return taken;
  }
}
