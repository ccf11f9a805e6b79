package dev.heddle.queue;

import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.queue.run.RunHandle;

/** A pipeline with a sink, ready to run. Immutable and thread-safe. */
public final class RunnablePipeline {
  private final Pipeline<?> plan;

  RunnablePipeline(Pipeline<?> plan) {
    this.plan = plan;
  }

  Pipeline<?> plan() {
    return plan;
  }

  /** Returns this pipeline with options for the run; they replace those given before. */
  public RunnablePipeline with(PipelineOptions options) {
    return new RunnablePipeline(plan.with(options));
  }

  /**
   * Runs the pipeline and waits for its end, which comes if the source and the functions come to their ends.
   *
   * @return what each stage did
   * @throws PipelineException if it fails; its cause is what was thrown
   * @throws QueueInterruptedException if the calling thread is interrupted; the run is aborted then
   * @throws IllegalArgumentException if two stages have the same name
   * @throws IllegalStateException on a thread that must not block, such as that of an event loop; {@link #start} it there,
   *     and await its future
   */
  public PipelineReport run() {
    NonBlocking.check("running a pipeline"); // before anything has begun
    return RunHandle.start(plan.newExecution(0)).awaitOrAbort();
  }

  /**
   * Starts the pipeline and does not wait.
   *
   * @throws IllegalArgumentException if two stages have the same name
   */
  public PipelineRun start() {
    return RunHandle.start(plan.newExecution(0));
  }
}
