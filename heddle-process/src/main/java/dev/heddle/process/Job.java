package dev.heddle.process;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import dev.heddle.process.codec.EncodedTask;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way through the dispatcher.
 *
 * <p>{@link #begin} is for any thread; the fields are under the dispatcher's lock.
 */
final class Job {
  final Work work;
  final EncodedTask task;

  /** The worker it was given to, or null while it is queued. */
  volatile @Nullable Worker worker; // read by those who help, without the lock

  /** Its number in the worker's channel, once it was sent. */
  int id;

  boolean sent;
  boolean dropped; // cancelled: whoever comes across it leaves it out
  long sentNanos;

  private volatile @Nullable Attempt attempt;

  Job(Work work, EncodedTask task) {
    this.work = work;
    this.task = task;
  }

  /** The attempt, if it has begun. */
  @Nullable Attempt attempt() {
    return attempt;
  }

  /**
   * Makes it begin, if it has not. Calls foreign code, so not under the lock.
   *
   * @return false if there is nothing to run, because it was cancelled or the executor is shutting down
   */
  synchronized boolean begin() {
    if (attempt != null) {
      return true;
    }
    Attempt begun = work.begin();
    if (begun == null) {
      return false;
    }
    attempt = begun; // before it is told: a shutdownNow either finds it here, or is found out by what comes next
    return begun.started();
  }

  @Override
  public String toString() {
    return work.name();
  }
}
