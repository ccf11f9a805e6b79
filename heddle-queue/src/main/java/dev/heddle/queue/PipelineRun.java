package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.spi.NonBlocking;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * A pipeline under way: a handle to watch it, to wait for it and to end it.
 *
 * <p><b>Thread-safe.</b> {@link #await()} and {@link #close()} wait; if a task of an executor waits here, its place is
 * lent to another one. Whatever the run did happens-before a return from them, but for a close that does not wait, on a
 * thread that must not block.
 */
public final class PipelineRun implements AutoCloseable {
  private final Run run;
  private final Future<PipelineReport> end;

  PipelineRun(Run run) {
    this.run = run;
    this.end = Future.from(run.end());
  }

  /**
   * The report to come. If the run fails, so does the future, with a {@link PipelineException}; cancelling it aborts the
   * run.
   */
  public Future<PipelineReport> future() {
    return end;
  }

  /** How far the stages are now. */
  public PipelineProgress progress() {
    return run.progress();
  }

  /** Whether the run is over. */
  public boolean isDone() {
    return end.isDone();
  }

  /**
   * Waits for the end.
   *
   * @throws PipelineException if the run fails; its cause is what was thrown
   * @throws CancellationException if the {@link #future()} was cancelled
   * @throws QueueInterruptedException if the calling thread is interrupted; the run goes on
   */
  public PipelineReport await() {
    try {
      PipelineReport report = end.result();
      run.joinMonitor();
      return report;
    } catch (TaskFailedException e) {
      throw failure(e);
    } catch (WaitInterruptedException e) {
      throw interrupted(new InterruptedException(e.getMessage()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits for the end, but not longer than given.
   *
   * @param timeout how long to wait at the most; zero looks without waiting
   * @throws PipelineException if the run fails; its cause is what was thrown
   * @throws CancellationException if the {@link #future()} was cancelled
   * @throws WaitTimeoutException if the time is over; the run goes on
   * @throws QueueInterruptedException if the calling thread is interrupted; the run goes on
   */
  public PipelineReport await(Duration timeout) {
    Check.timeout(timeout);
    try {
      end.result(timeout);
    } catch (TaskFailedException e) {
      throw failure(e);
    } catch (WaitInterruptedException e) {
      throw interrupted(new InterruptedException(e.getMessage()));
    }
    return await();
  }

  private PipelineException failure(TaskFailedException e) {
    joinSurely();
    return e.getCause() instanceof PipelineException failed ? failed : unexpected(e);
  }

  private static PipelineException unexpected(TaskFailedException e) {
    throw new IllegalStateException("the monitor of a pipeline failed", e.getCause());
  }

  private QueueInterruptedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new QueueInterruptedException("the end of pipeline '" + run.name() + "'", e);
  }

  /** Waits for the monitor, which has nothing to do any more but to end. */
  private void joinSurely() {
    boolean interrupted = false;
    while (true) {
      try {
        run.joinMonitor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  PipelineReport awaitOrAbort() {
    try {
      return await();
    } catch (QueueInterruptedException e) {
      close();
      throw e;
    }
  }

  /**
   * Ends the run gently: the source is asked for nothing more, and what is under way comes through, within {@link
   * PipelineOptions#drainTimeout}. Does not wait.
   */
  public void stop() {
    run.stop();
  }

  /** Ends the run now: every worker is interrupted, and what is under way is undelivered. Does not wait. */
  public void cancel() {
    run.cancel();
  }

  /**
   * Aborts the run if it is not over, and waits for its end, at the most {@link PipelineOptions#abortTimeout}. An interrupt
   * does not cut it short. What the run failed with is not thrown here.
   *
   * <p>On a thread that must not block, as that of an event loop, it aborts the run and does not wait: await {@link #future()}
   * before, if the end matters.
   */
  @Override
  public void close() {
    if (!isDone()) {
      cancel();
    }
    if (!NonBlocking.isMarked()) { // an exception would hide that of the body, and a cancelled future is done before the run
      joinSurely();
    }
  }

  @Override
  public String toString() {
    return "<PipelineRun " + run.name() + (isDone() ? ", done" : "") + ">";
  }
}
