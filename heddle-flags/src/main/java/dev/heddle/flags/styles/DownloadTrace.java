package dev.heddle.flags.styles;

import dev.heddle.base.FreeNumbers;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records the attempts of a run in a timeline, if a recorder was given: a lane for each download at once. Thread-safe. What
 * runs in worker processes is recorded by their pool.
 */
public final class DownloadTrace {
  private final @Nullable TimelineRecorder recorder;
  private final String style;
  private final FreeNumbers lanes = new FreeNumbers();

  /**
   * Creates the trace of a run.
   *
   * @param recorder null for no record
   * @param style the name of the lanes and the kind of the spans
   */
  public DownloadTrace(@Nullable TimelineRecorder recorder, String style) {
    this.recorder = recorder;
    this.style = style;
  }

  /** Begins an attempt at the download of a flag. */
  Attempt begin(String code) {
    return new Attempt(code, recorder);
  }

  /** One attempt, until it is known how it ended. Used by one thread at a time. */
  final class Attempt {
    private final String code;
    private final @Nullable TimelineRecorder to;
    private final int lane;
    private final long start;
    private boolean ended;
    private long end;

    private Attempt(String code, @Nullable TimelineRecorder to) {
      this.code = code;
      this.to = to;
      this.lane = to == null ? 0 : lanes.take();
      this.start = to == null ? 0 : to.now();
    }

    /** It has ended; how, is told later. */
    void ended() {
      if (to != null && !ended) {
        ended = true;
        end = to.now();
        lanes.release(lane);
      }
    }

    /** Records it, once it has ended. */
    void record(Span.Ending ending) {
      if (to != null) {
        to.add(new Span(style + " " + lane, code, style, start, end, ending));
      }
    }
  }
}
