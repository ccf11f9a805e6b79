package dev.heddle.process;

import dev.heddle.codec.EncodedTask;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way through the dispatcher.
 *
 * <p>{@link #begin} and {@link #withdraw} are for any thread, and only one of them ever succeeds; the fields are under the dispatcher's lock.
 */
final class Job implements Afterwards.Due {
  private static final int MAX_LOSSES = 3;

  private enum Phase {
    NEW, BEGUN, WITHDRAWN
  }

  final Work work;
  final EncodedTask task;

  /** The worker it was given to, or null while it is queued. */
  volatile @Nullable Worker worker; // read by those who help, without the lock

  /** Its number in the worker's channel, once it was sent. */
  int id;

  boolean sent;
  int launches; // that did not succeed; for the one thread that has it
  boolean queued; // whether it is in the backlog, which keeps this
  private boolean dropped; // cancelled: whoever comes across it leaves it out
  long sentNanos; // or since when it is the first of its worker
  private int losses; // of workers that did not take it

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private boolean told; // that it has begun
  private boolean going; // whether its attempt, if it has one, was to go on when it had begun
  private volatile @Nullable Attempt attempt;

  Job(Work work, EncodedTask task) {
    this.work = work;
    this.task = task;
  }

  /** The attempt, if it has begun. */
  @Nullable
  Attempt attempt() {
    return attempt;
  }

  /**
   * Makes it begin, if it has not. Calls foreign code, so not under the lock.
   *
   * @return false if there is nothing to run, because it was cancelled or the executor is shutting down
   */
  synchronized boolean begin() {
    Attempt begun = attempt;
    if (begun == null) {
      if (!phase.compareAndSet(Phase.NEW, Phase.BEGUN)) {
        return false;
      }
      begun = claimed();
      if (begun == null) {
        return false;
      }
      attempt = begun; // before it is told: a shutdownNow either finds it here, or is found out by what comes next
    }
    if (!told) { // again, if a listener or an error has kept it from coming to its end
      going = begun.started();
      told = true;
    }
    return going;
  }

  private @Nullable Attempt claimed() {
    boolean asked = false;
    try {
      Attempt begun = work.begin();
      asked = true;
      return begun;
    } finally {
      if (!asked) { // a thread without stack or memory left: another one is to try again
        phase.set(Phase.NEW);
      }
    }
  }

  /** Whether it must not be sent any more. */
  boolean isDropped() {
    return dropped;
  }

  /** For {@link Backlog#drop}, which counts. */
  void setDropped() {
    dropped = true;
  }

  /** A worker was lost that did not take it; true if that has happened so often that it must be the task's fault. */
  boolean isLostAgain() {
    return ++losses >= MAX_LOSSES;
  }

  /** Whether it has neither begun nor been withdrawn. */
  boolean isNew() {
    return phase.get() == Phase.NEW;
  }

  boolean isWithdrawn() {
    return phase.get() == Phase.WITHDRAWN;
  }

  /** Makes sure that it never begins; false if it has begun or is about to. */
  boolean withdraw() {
    return phase.compareAndSet(Phase.NEW, Phase.WITHDRAWN);
  }

  /** The attempt, after waiting for one that is about to begin; null if it was withdrawn, or cancelled as it began. */
  private synchronized @Nullable Attempt settledAttempt() {
    return attempt;
  }

  /** Fails the task, whether it has begun or not. Calls foreign code, so not under the lock. */
  void fail(Throwable cause) {
    task.release();
    Attempt begun = withdraw() ? null : settledAttempt();
    if (begun != null) {
      begun.fail(cause);
    } else {
      work.abort(cause);
    }
  }

  @Override
  public String toString() {
    return work.name();
  }
}
