package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineProgress;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.PipelineRun;
import dev.heddle.queue.QueueInterruptedException;
import java.time.Duration;

/** The view of an execution that its user gets. Thread-safe. */
public final class RunHandle implements PipelineRun {
  private final PipelineExecution execution;
  private final Future<PipelineReport> end;

  RunHandle(PipelineExecution execution) {
    this.execution = execution;
    this.end = Future.from(execution.end());
  }

  /** Starts an execution and returns its handle. */
  public static RunHandle start(PipelineExecution execution) {
    execution.start();
    return new RunHandle(execution);
  }

  @Override
  public Future<PipelineReport> future() {
    return end;
  }

  @Override
  public PipelineProgress progress() {
    return execution.progress();
  }

  @Override
  public boolean isDone() {
    return end.isDone();
  }

  @Override
  public PipelineReport await() {
    try {
      PipelineReport report = end.result();
      execution.joinMonitor();
      return report;
    } catch (TaskFailedException e) {
      throw failure(e);
    } catch (WaitInterruptedException e) {
      throw interrupted(new InterruptedException(e.getMessage()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
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
    joinUninterruptibly();
    return e.getCause() instanceof PipelineException failed ? failed : unexpected(e);
  }

  private static PipelineException unexpected(TaskFailedException e) {
    throw new IllegalStateException("the monitor of a pipeline failed", e.getCause());
  }

  private QueueInterruptedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new QueueInterruptedException(
        "the end of pipeline '" + execution.name() + "'", "it goes on: wait again, stop it or cancel it", e);
  }

  /** Waits for the monitor's thread, which has made the report and only has to end. */
  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (true) {
      try {
        execution.joinMonitor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of the run, and aborts it if the calling thread is interrupted. */
  public PipelineReport awaitOrAbort() {
    try {
      return await();
    } catch (QueueInterruptedException e) {
      close();
      throw new QueueInterruptedException(
          "the end of pipeline '" + execution.name() + "'",
          "it was cancelled and has ended: run it again, or start it with start(), whose waits leave it running",
          new InterruptedException(e.getMessage()));
    }
  }

  @Override
  public void stop() {
    execution.stop();
  }

  @Override
  public void cancel() {
    execution.cancel();
  }

  @Override
  public void close() {
    if (!isDone()) {
      cancel();
    }
    if (!NonBlocking.isMarked()) { // an exception would hide that of the body, and a cancelled future is done before the run
      joinUninterruptibly();
    }
  }

  @Override
  public String toString() {
    return "<PipelineRun " + execution.name() + (isDone() ? ", done" : "") + ">";
  }
}
