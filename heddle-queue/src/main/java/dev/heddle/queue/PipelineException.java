package dev.heddle.queue;

import org.jspecify.annotations.Nullable;

/** Thrown by a pipeline that failed; its cause is what the stage threw that ended it. */
public final class PipelineException extends QueueException {
  private final transient PipelineReport report;

  PipelineException(String message, PipelineReport report, @Nullable Throwable cause) {
    super(message, cause);
    this.report = report;
  }

  /** What was done until then. */
  public PipelineReport report() {
    return report;
  }
}
