package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/** Thrown by a pipeline that failed. Its cause is what the stage threw that ended the pipeline. */
public final class PipelineException extends QueueException {
  private final transient PipelineReport report;

  /** Creates an exception; pipelines throw it, and fakes of pipelines in tests may. */
  public PipelineException(String message, PipelineReport report, @Nullable Throwable cause) {
    super(message, cause);
    this.report = report;
  }

  /** Returns what was done until the failure. */
  public PipelineReport report() {
    return report;
  }
}
