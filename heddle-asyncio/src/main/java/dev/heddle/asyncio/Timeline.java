package dev.heddle.asyncio;

import java.util.ArrayList;
import java.util.List;

/**
 * A record of who ran when: of the tasks of an event loop ({@link LoopOptions#withTimeline}), or of threads that add to it.
 *
 * <p>Thread-safe: threads may add to it while loops do.
 */
public final class Timeline {

  /**
   * A stretch of time in which something ran.
   *
   * @param lane who ran: a task or a thread
   * @param what what it did, or for a task what it waits for afterwards
   * @param begin nanoseconds, on the clock of whoever ran
   * @param end nanoseconds, not before the beginning
   */
  public record Span(String lane, String what, long begin, long end) {

    /** Checks the components. */
    public Span {
      Check.notNull(lane, "lane");
      Check.notNull(what, "what");
      if (end - begin < 0) {
        throw new IllegalArgumentException("end must not be before begin, but was " + (begin - end) + " ns before it");
      }
    }
  }

  private final List<Span> spans = new ArrayList<>();

  /** A timeline with nothing in it. */
  public Timeline() {}

  /** Adds a span. */
  public synchronized void add(String lane, String what, long begin, long end) {
    spans.add(new Span(lane, what, begin, end));
  }

  /** What was recorded, in the order in which it was added. */
  public synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  /** One line for each span: when it began, from the first one on, how long it took, who, and what. */
  public String text() {
    return TimelineWriter.text(spans());
  }

  /** The record in the JSON form that trace viewers read, such as that of Chrome and Perfetto: each lane is a thread. */
  public String chromeTrace() {
    return TimelineWriter.chromeTrace(spans());
  }

  /** The record as a picture: an SVG document with a row for each lane and a bar for each span. */
  public String svg() {
    return TimelineWriter.svg(spans());
  }

  /**
   * The record as a page that needs nothing else: the picture, with details where the pointer rests, and the text.
   *
   * @param title is shown above
   */
  public String html(String title) {
    return TimelineWriter.html(Check.notNull(title, "title"), spans());
  }
}
