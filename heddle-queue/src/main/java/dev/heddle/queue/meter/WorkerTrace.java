package dev.heddle.queue.meter;

import dev.heddle.base.Describe;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records the items of one worker in a timeline.
 *
 * <p>Called by the worker alone, but for {@link #running}, which any thread may call.
 */
public final class WorkerTrace {
  private static final int LONGEST_NAME = 60;

  private final TimelineRecorder recorder;
  private final String lane;
  private final String stage;
  private final long shift; // from System.nanoTime to the recorder's clock
  private volatile @Nullable Current current;
  private Span.Ending ending = Span.Ending.COMPLETED;

  /** The item that is processed, by {@link System#nanoTime}. */
  private record Current(String name, long start) {}

  /**
   * Creates the trace of a worker.
   *
   * @param lane the worker's lane
   * @param stage the kind of its spans
   */
  public WorkerTrace(TimelineRecorder recorder, String lane, String stage) {
    this.recorder = recorder;
    this.lane = lane;
    this.stage = stage;
    this.shift = recorder.now() - System.nanoTime();
  }

  /** An item is going to be processed; null for a source, which has none yet. */
  void begins(long index, @Nullable Object item, long now) {
    ending = Span.Ending.COMPLETED;
    current = new Current(name(index, item), now);
  }

  /** The way in which the current item will end, if not well. */
  void ends(Span.Ending how) {
    ending = how;
  }

  /** The current item has been processed. */
  void ended(long index, Object item, long start, long end) {
    current = null;
    recorder.add(span(name(index, item), start, end, ending));
    ending = Span.Ending.COMPLETED;
  }

  /** Nothing is processed any more. */
  void idles() {
    current = null;
  }

  /** Returns the span of the item that is being processed; null if there is none. */
  public @Nullable Span running() {
    Current now = current;
    return now == null ? null : span(now.name, now.start, System.nanoTime(), Span.Ending.RUNNING);
  }

  private Span span(String name, long start, long end, Span.Ending how) {
    return new Span(lane, name, stage, start + shift, Math.max(start, end) + shift, how);
  }

  /** The text of a value whose text is short and harmless to make, otherwise the item's index. */
  private static String name(long index, @Nullable Object item) {
    return switch (item) {
      case String text -> text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Enum<?> constant -> constant.name();
      case Path path -> Describe.value(path);
      case URI uri -> Describe.value(uri);
      case null, default -> "item " + index;
    };
  }
}
