package dev.heddle.queue;

import dev.heddle.futures.spi.NonBlocking;

/** A pipeline with a sink, ready to run. Immutable and thread-safe. */
public final class RunnablePipeline {
  private final Pipeline<?> plan;

  RunnablePipeline(Pipeline<?> plan) {
    this.plan = plan;
  }

  Pipeline<?> plan() {
    return plan;
  }

  /** This pipeline with options for the run; of several calls the last counts. */
  public RunnablePipeline with(PipelineOptions options) {
    return new RunnablePipeline(plan.with(options));
  }

  /**
   * Runs it and waits for its end, which is sure to come if the source and the functions come to theirs.
   *
   * @return what each stage did
   * @throws PipelineException if it fails; its cause is what was thrown
   * @throws QueueInterruptedException if the calling thread is interrupted; the run is aborted then
   * @throws IllegalArgumentException if two stages have the same name
   * @throws IllegalStateException on a thread that must not block, as that of an event loop; {@link #start} it there, and
   *     await its future
   */
  public PipelineReport run() {
    NonBlocking.check("running a pipeline"); // before anything has begun
    return start().awaitOrAbort();
  }

  /**
   * Starts it and does not wait.
   *
   * @throws IllegalArgumentException if two stages have the same name
   */
  public PipelineRun start() {
    Run run = plan.newRun(0);
    run.start();
    return new PipelineRun(run);
  }
}
