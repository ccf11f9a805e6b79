package dev.heddle.queue;

import dev.heddle.futures.Future;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.queue.run.RunHandle;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * A running pipeline: a handle to observe it, to wait for it and to end it.
 *
 * <p><b>Thread-safe.</b> {@link #await()} and {@link #close()} wait; a task of an executor that waits here lends its worker
 * to another task. What the run did happens-before a return from them, except for a {@code close} that does not wait, on a
 * thread that must not block.
 */
public sealed interface PipelineRun extends AutoCloseable permits RunHandle {

  /**
   * Returns the report, as a future. If the run fails, so does the future, with a {@link PipelineException}; cancelling it
   * aborts the run.
   */
  Future<PipelineReport> future();

  /** Returns the progress of the stages. */
  PipelineProgress progress();

  /** Returns whether the run has ended. */
  boolean isDone();

  /**
   * Waits for the end of the run.
   *
   * @throws PipelineException if the run fails; its cause is what was thrown
   * @throws CancellationException if the {@link #future()} was cancelled
   * @throws QueueInterruptedException if the calling thread is interrupted; the run goes on
   */
  PipelineReport await();

  /**
   * Waits for the end of the run, at most for a time.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @throws PipelineException if the run fails; its cause is what was thrown
   * @throws CancellationException if the {@link #future()} was cancelled
   * @throws WaitTimeoutException if the time runs out; the run goes on
   * @throws QueueInterruptedException if the calling thread is interrupted; the run goes on
   */
  PipelineReport await(Duration timeout);

  /**
   * Stops the run in an orderly way: nothing more is taken from the source, and the items under way are processed, within
   * {@link PipelineOptions#drainTimeout}. Does not wait.
   */
  void stop();

  /** Aborts the run: every worker is interrupted, and the items under way are undelivered. Does not wait. */
  void cancel();

  /**
   * Aborts the run if it has not ended, and waits for its end, at most {@link PipelineOptions#abortTimeout}. An interrupt
   * does not shorten the wait. The failure of a run is not thrown here.
   *
   * <p>On a thread that must not block, such as that of an event loop, it aborts the run and does not wait: await {@link
   * #future()} before, if the end matters.
   */
  @Override
  void close();
}
