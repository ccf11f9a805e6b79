package dev.heddle.futures.engine;

import dev.heddle.base.LearnedSpin;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The search of one worker of an engine for work: of one that was called, until it has come, and of one that is about to idle,
 * for a moment. Thread-safe.
 *
 * <p>While it is on, no other worker needs to be called. A thread that adds work adds it and then reads whether the search is
 * on; the worker ends the search and then reads the queue: one of the two always sees the other. Having taken work, the worker
 * calls the next one if there is more.
 */
final class WorkSearch {
  private final LearnedSpin spin = LearnedSpin.forWork();
  private final AtomicBoolean on = new AtomicBoolean();

  /** Returns whether a worker searches, which will find work that was added before this call. */
  boolean isOn() {
    return on.get();
  }

  /** Begins the search. Returns false, and does nothing, if it is on already. */
  boolean begin() {
    return !on.get() && on.compareAndSet(false, true);
  }

  /** Ends the search; called by the worker that it was begun for, which then reads the queue. */
  void end() {
    on.set(false);
  }

  /** Returns whether the search is that of a worker; begins it if that is worthwhile and it is not on. */
  boolean isOf(PoolWorker worker) {
    if (!worker.searches() && spin.budget() != 0 && begin()) {
      worker.searches(true);
    }
    return worker.searches();
  }

  /** Spins until a condition holds, or for as long as is worthwhile; called while the search is on. */
  void look(BooleanSupplier over) {
    spin.until(over, Long.MAX_VALUE);
  }

  /** Learns from a worker how long there was no work for it. */
  void lasted(long nanos) {
    spin.waited(nanos);
  }
}
