package dev.heddle.futures.spi;

import java.time.Duration;
import java.util.List;

/**
 * What runs the tasks of an executor: threads, worker processes or the members of a cluster.
 *
 * <p>Thread-safe: every method may be called from any thread. Only {@link #awaitTermination} blocks.
 *
 * <p>An engine knows nothing of futures. It is given {@link Work}, claims it when a worker is free ({@link Work#begin}), and
 * reports through the {@link Attempt} it got. Work whose {@code begin} answers null has been cancelled meanwhile and is
 * dropped.
 */
public interface Engine {

  /**
   * Accepts work and runs it as soon as a worker is free, first come, first served.
   *
   * @throws java.util.concurrent.RejectedExecutionException if it can run nothing (any more); the work was not accepted then
   */
  void start(Work work);

  /**
   * Makes an attempt end: interrupts its thread, or kills its worker. Called once its future no longer needs it, because it
   * was cancelled or has timed out. An attempt that has ended is left alone.
   */
  void stop(Attempt attempt);

  /**
   * Asks, before a task that has not begun is cancelled, whether it is still in the parent's hands. An engine that sends work
   * ahead to busy workers takes it back here.
   *
   * @return true if the work has not begun and never will; false if a worker has it already: then its attempt has begun
   */
  default boolean withdraw(Work work) {
    return true;
  }

  /**
   * Lends the engine the calling thread, which is about to wait for a task of it. An engine whose results come from elsewhere
   * may look for them here for some microseconds, which saves the wake-up of a thread. Returns at any time; answers to no
   * interrupt, so it must be short.
   *
   * @param nanos how long the caller would wait at the most
   */
  default void help(Work awaited, long nanos) {}

  /**
   * Runs the callbacks of a task that has ended, on this thread or another. They are the user's and may take their time: an
   * engine that has reported the end from a thread others depend on overrides this.
   */
  default void callBack(Runnable callbacks) {
    callbacks.run();
  }

  /**
   * How many tasks of one {@code map} are to be under way, if the map does not say. It is asked again and again, so the answer
   * may follow from how long the tasks take.
   */
  default int lookahead() {
    return parallelism() == Integer.MAX_VALUE ? 256 : (int) Math.min(2L * parallelism(), 1 << 20);
  }

  /**
   * How long a task of a {@code map} ought to run to be worth its way to the worker and back, if the map does not say how many
   * inputs make a task: so many inputs are put into one. Zero means that each input is a task.
   */
  default Duration worthwhile() {
    return Duration.ZERO;
  }

  /**
   * Says that the calling worker is about to wait for another task, so that the engine may run something else meanwhile. It is
   * no error if the engine can add no worker for that: who waits for a task that no worker will ever take is found out above.
   */
  void beginBlocking();

  /** Says that the calling worker goes on after a {@link #beginBlocking}. */
  void endBlocking();

  /** How many tasks run at once at the most; {@link Integer#MAX_VALUE} if there is no bound. */
  int parallelism();

  /** How busy the engine is now. */
  Load load();

  /** Takes back all work that was accepted and has not begun. */
  List<Work> drain();

  /** What is being run now, the waiting included. */
  List<Attempt> running();

  /** Accepts nothing more; workers end once all accepted work has. Calling it again does nothing. */
  void shutdown();

  /** Whether {@link #shutdown} was called and every worker has ended. */
  boolean isTerminated();

  /**
   * Waits until {@link #isTerminated}.
   *
   * @return whether it is terminated, false if the time ran out first
   * @throws InterruptedException if the calling thread is interrupted meanwhile
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * A snapshot of how busy an engine is.
   *
   * @param running attempts under way, the waiting ones included
   * @param waiting attempts that wait for another task
   * @param workers live workers (threads, processes, members)
   */
  record Load(int running, int waiting, int workers) {}
}
