package dev.heddle.futures.spi;

import java.time.Duration;
import java.util.List;

/**
 * Runs the tasks of an executor: on threads, in worker processes or on the members of a cluster.
 *
 * <p>Thread-safe: every method may be called from any thread. Only {@link #awaitTermination} blocks.
 *
 * <p>An engine does not use futures. It accepts {@link Work}, claims it when a worker is free ({@link Work#begin}), and
 * reports the outcome to the {@link Attempt} that it got. If {@code begin} returns null the work was cancelled, and the
 * engine drops it.
 */
public interface Engine {

  /**
   * Accepts work and runs it as soon as a worker is free, first come, first served.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the engine cannot run it, or no longer; the work was not
   *     accepted then
   */
  void start(Work work);

  /** Returns whether work of a higher {@link Work#priority} begins first; if not, tasks with a priority are refused. */
  default boolean hasPriorities() {
    return false;
  }

  /**
   * Makes an attempt end: interrupts its thread, or kills its worker. Called after its future was cancelled or has timed
   * out. Has no effect on an attempt that has ended.
   */
  void stop(Attempt attempt);

  /**
   * Returns whether {@link #stop} interrupts the thread of an attempt, so that the body can respond, and does not end its
   * worker. Only then a map that is closed before its end stops its running tasks, if its options do not say.
   */
  default boolean stopsByInterrupt() {
    return true;
  }

  /**
   * Called before a task that has not begun is cancelled. An engine that sends work ahead to busy workers takes it back
   * here.
   *
   * @return true if the work has not begun and never will; false if a worker has it already: then its attempt has begun
   */
  default boolean withdraw(Work work) {
    return true;
  }

  /**
   * Lends the engine the calling thread, which is about to wait for one of the engine's tasks. The engine may poll for
   * results for some microseconds, which saves the wake-up of a thread. May return at any time; does not respond to
   * interrupts, so it must be short.
   *
   * @param nanos the longest wait of the caller
   */
  default void help(Work awaited, long nanos) {}

  /**
   * Called when a thread that was lent by {@link #help} has waited, so that the engine may learn whether helping is worthwhile.
   * Must not block.
   *
   * @param nanos how long the wait took, including the help and without the waking of the thread
   */
  default void waited(long nanos) {}

  /**
   * Runs the callbacks of a task that has ended, on this thread or another. Callbacks are user code and may block: an engine
   * that reports outcomes from a thread on which other tasks depend overrides this.
   */
  default void callBack(Runnable callbacks) {
    callbacks.run();
  }

  /**
   * Returns how many tasks of one {@code map} are to be under way, if its options do not say. Called repeatedly, so the
   * value may depend on the duration of the tasks.
   */
  default int lookahead() {
    return parallelism() == Integer.MAX_VALUE ? 256 : (int) Math.min(2L * parallelism(), 1 << 20);
  }

  /**
   * Returns the target duration of a task of a {@code map} whose options do not fix the chunk size: as many inputs are put
   * into one task. Zero means that each input is a task.
   */
  default Duration worthwhile() {
    return Duration.ZERO;
  }

  /**
   * Called by a worker that is about to wait for another task, so that the engine may run a queued one meanwhile. It is no
   * error if the engine cannot add a worker: waits for tasks that no worker can take are detected by the executor.
   */
  void beginBlocking();

  /** Called by a worker that continues after {@link #beginBlocking}. */
  void endBlocking();

  /** Returns the largest number of tasks that run at once; {@link Integer#MAX_VALUE} if there is no bound. */
  int parallelism();

  /** Returns how busy the engine is now. */
  Load load();

  /** Removes and returns all work that was accepted and has not begun. */
  List<Work> drain();

  /** Returns how many starts of workers have failed so far; 0 for an engine whose workers always start. */
  default long failedStarts() {
    return 0;
  }

  /** Returns the attempts under way, including those that wait. */
  List<Attempt> running();

  /** Accepts no more work; the workers end once all accepted work has ended. Calling it again does nothing. */
  void shutdown();

  /** Returns whether {@link #shutdown} was called and every worker has ended. */
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
