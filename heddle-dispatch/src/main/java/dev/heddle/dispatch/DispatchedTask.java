package dev.heddle.dispatch;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task on its way through the dispatcher. It has a phase, which says how far the attempt is, and a
 * position, which says where the task is.
 *
 * <p>The phase is for any thread; {@link #begin} and {@link #withdraw} exclude each other:
 *
 * <pre>
 * from        event                                          to
 * ----------  ---------------------------------------------  ----------
 * NEW         withdrawn before a worker had it               WITHDRAWN
 * NEW         a worker has it: the attempt is claimed        BEGINNING
 * BEGINNING   claiming failed with an error                  NEW
 * BEGINNING   there was nothing to claim, or told that it
 *             begins the attempt answers that it is over     CANCELLED
 * BEGINNING   told that it begins                            RUNNING
 * </pre>
 *
 * <p>The position is guarded by the dispatcher's lock:
 *
 * <pre>
 * from        event                                          to
 * ----------  ---------------------------------------------  ----------
 * DETACHED    waits for a worker                             QUEUED
 * DETACHED    assigned to a worker                           GIVEN
 * QUEUED      taken out of the queue                         DETACHED
 * GIVEN       written to the worker's channel                SENT
 * GIVEN, SENT taken back, ended, or lost with the worker     DETACHED
 * </pre>
 *
 * <p>Independently of both a task can be <i>dropped</i>, once and for ever: it was cancelled or has failed, and must not be
 * sent.
 */
final class DispatchedTask implements DeferredActions.Action {
  private static final int MAX_LOSSES = 3;

  private enum Phase {
    NEW, BEGINNING, RUNNING, CANCELLED, WITHDRAWN
  }

  private enum Position {
    DETACHED, QUEUED, GIVEN, SENT
  }

  final Work work;
  final Payload payload;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private volatile @Nullable Attempt attempt;
  private Position position = Position.DETACHED;
  private volatile @Nullable Worker worker; // read by helping waiters without the lock
  private int id;
  private long headSince;
  private boolean dropped;
  private int losses; // of workers that did not start it

  DispatchedTask(Work work, Payload payload) {
    this.work = work;
    this.payload = payload;
  }

  // ---- phase; for any thread ----

  /** The attempt, if it has begun. */
  @Nullable
  Attempt attempt() {
    return attempt;
  }

  /**
   * Makes the attempt begin, if it has not. Calls foreign code, so the lock must not be held. If a listener throws, it can
   * be called again.
   *
   * @return false if there is nothing to run, because the task was cancelled or the executor is shutting down
   */
  synchronized boolean begin() {
    if (phase.compareAndSet(Phase.NEW, Phase.BEGINNING)) {
      claim();
    }
    if (phase.get() == Phase.BEGINNING) {
      Attempt begun = attempt;
      phase.set(begun != null && begun.started() ? Phase.RUNNING : Phase.CANCELLED);
    }
    return phase.get() == Phase.RUNNING;
  }

  /** Claims the attempt before it is told: a shutdownNow either finds it here, or the attempt answers that it is over. */
  private void claim() {
    boolean asked = false;
    try {
      attempt = work.begin();
      asked = true;
    } finally {
      if (!asked) { // an error: another thread is to try again
        phase.set(Phase.NEW);
      }
    }
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

  /** Fails the task, whether it has begun or not. Calls foreign code, so the lock must not be held. */
  void fail(Throwable cause) {
    payload.release();
    Attempt begun = withdraw() ? null : settledAttempt();
    if (begun != null) {
      begun.fail(cause);
    } else {
      work.abort(cause);
    }
  }

  // ---- position; under the dispatcher's lock ----

  /** The worker it was given to; null while it has none. For any thread. */
  @Nullable
  Worker worker() {
    return worker;
  }

  /** Whether it was written to its worker's channel. */
  boolean isSent() {
    return position == Position.SENT;
  }

  boolean isQueued() {
    return position == Position.QUEUED;
  }

  /** Its number in its worker's channel; meaningful once it was sent. */
  int id() {
    return id;
  }

  /** For how long it has been under way to the worker, or the worker's first one, in nanoseconds. */
  long nanosAtHead(long now) {
    return now - headSince;
  }

  void queue() {
    position = Position.QUEUED;
  }

  void give(Worker to) {
    position = Position.GIVEN;
    worker = to;
  }

  void sent(int number, long now) {
    position = Position.SENT;
    id = number;
    headSince = now;
  }

  /** It is the first one of its worker from now on. */
  void cameToHead(long now) {
    headSince = now;
  }

  void detach() {
    position = Position.DETACHED;
    worker = null;
  }

  /** Whether it must not be sent any more. */
  boolean isDropped() {
    return dropped;
  }

  /** For {@link PendingTasks#drop}, which counts. */
  void setDropped() {
    dropped = true;
  }

  /**
   * Counts the loss of a worker that had not started it; true if that has happened so often that it must be the task's
   * fault.
   */
  boolean isLostAgain() {
    return ++losses >= MAX_LOSSES;
  }

  @Override
  public String toString() {
    return work.name();
  }
}
