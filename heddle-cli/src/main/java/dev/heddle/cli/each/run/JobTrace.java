package dev.heddle.cli.each.run;

import dev.heddle.base.FreeNumbers;
import dev.heddle.cli.each.job.JobInput;
import dev.heddle.timeline.OpenSpan;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;

/** Records the runs of jobs in a timeline, a lane for each that runs at once. Thread-safe. */
public final class JobTrace {
  private static final String KIND = "job";
  private final TimelineRecorder recorder;
  private final FreeNumbers lanes = new FreeNumbers();

  /** Creates a trace that adds to a recorder. */
  public JobTrace(TimelineRecorder recorder) {
    this.recorder = recorder;
  }

  /** Begins a run of a job. */
  Run begin(long number, JobInput input) {
    int lane = lanes.take();
    return new Run(lane, recorder.begin("job slot " + lane, number + " (" + input.shown() + ")", KIND));
  }

  /** One run of a job. */
  final class Run {
    private final int lane;
    private final OpenSpan span;

    private Run(int lane, OpenSpan span) {
      this.lane = lane;
      this.span = span;
    }

    void end(Span.Ending ending) {
      span.end(ending);
      lanes.release(lane);
    }
  }
}
