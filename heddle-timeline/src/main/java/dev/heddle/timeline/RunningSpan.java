package dev.heddle.timeline;

import java.util.Objects;

/** An open span of a recorder. */
final class RunningSpan implements OpenSpan {
  private final TimelineRecorder recorder;
  private final String lane;
  private final String name;
  private final String kind;
  private final long start;

  RunningSpan(TimelineRecorder recorder, String lane, String name, String kind, long start) {
    this.recorder = recorder;
    this.lane = lane;
    this.name = name;
    this.kind = kind;
    this.start = start;
  }

  @Override
  public void end(Span.Ending ending) {
    end(name, ending);
  }

  @Override
  public void end(String newName, Span.Ending ending) {
    Objects.requireNonNull(newName, "name must not be null");
    Objects.requireNonNull(ending, "ending must not be null");
    if (ending == Span.Ending.RUNNING) {
      throw new IllegalArgumentException("ending must not be RUNNING, as '" + name + "' ends now");
    }
    recorder.end(this, newName, ending);
  }

  Span ended(String newName, Span.Ending ending, long now) {
    return new Span(lane, newName, kind, start, now - start < 0 ? start : now, ending);
  }

  Span soFar(long now) {
    return ended(name, Span.Ending.RUNNING, now);
  }
}
