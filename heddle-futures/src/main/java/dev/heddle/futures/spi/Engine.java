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
