package dev.heddle.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Spans of work side by side, one lane below the other, on one clock. Immutable.
 *
 * <p>It shows itself as text for a terminal, as an SVG picture, as an HTML page that needs nothing else, and in the trace
 * event format that Chrome's {@code about:tracing} and Perfetto read.
 *
 * @param spans all spans; lanes are shown in the order of their first one
 * @param dropped how many spans a recorder no longer kept, since there were too many
 */
public record Timeline(List<Span> spans, long dropped) {

  /** Copies the spans and checks the count. */
  public Timeline {
    spans = List.copyOf(spans);
    if (dropped < 0) {
      throw new IllegalArgumentException("dropped must not be negative, but was " + dropped);
    }
  }

  /** A timeline of these spans. */
  public static Timeline of(Collection<Span> spans) {
    return new Timeline(List.copyOf(spans), 0);
  }

  /** When the first span began, in nanoseconds; 0 if there is none. */
  public long start() {
    return spans.stream().mapToLong(Span::start).min().orElse(0);
  }

  /** When the last span ended, in nanoseconds; 0 if there is none. */
  public long end() {
    return spans.stream().mapToLong(Span::end).max().orElse(0);
  }

  /** From the first beginning to the last end, in nanoseconds. */
  public long duration() {
    return end() - start();
  }

  /** The spans of each lane, in the order in which they began; the lanes in the order of their first span. */
  public Map<String, List<Span>> lanes() {
    Map<String, List<Span>> lanes = new LinkedHashMap<>();
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort((a, b) -> Long.compare(a.start(), b.start()));
    for (Span span : sorted) {
      lanes.computeIfAbsent(span.lane(), _ -> new ArrayList<>()).add(span);
    }
    lanes.replaceAll((_, of) -> Collections.unmodifiableList(of));
    return Collections.unmodifiableMap(lanes);
  }

  /**
   * How much of the whole duration a lane was at work: 0 for never, 1 for always. Spans that overlap count once.
   *
   * @throws IllegalArgumentException if there is no such lane
   */
  public double busy(String lane) {
    List<Span> of = lanes().get(Objects.requireNonNull(lane, "lane must not be null"));
    if (of == null) {
      throw new IllegalArgumentException("there is no lane '" + lane + "'; there are " + lanes().keySet());
    }
    long total = 0;
    long reached = start();
    for (Span span : of) {
      total += Math.max(0, span.end() - Math.max(span.start(), reached));
      reached = Math.max(reached, span.end());
    }
    return duration() == 0 ? 0 : (double) total / duration();
  }

  /**
   * A line for each lane, such as {@code worker-1 |###  ====| 78%}; successive spans alternate between two signs.
   *
   * @param columns how wide the picture of the spans is, at least 10 characters
   */
  public String toText(int columns) {
    return TextView.of(this, columns);
  }

  /** An SVG picture, with the name and the times of each span as its tool tip. */
  public String toSvg() {
    return SvgView.of(this);
  }

  /**
   * An HTML page with the picture and a table of the lanes; it loads nothing.
   *
   * @param title its heading
   */
  public String toHtml(String title) {
    return HtmlView.of(this, Objects.requireNonNull(title, "title must not be null"));
  }

  /** The spans in the trace event format (JSON), times in microseconds from the first span. */
  public String toChromeTrace() {
    return ChromeTrace.of(this);
  }

  /**
   * Writes the timeline to a file, in the form its name asks for.
   *
   * @param file ends with {@code .txt}, {@code .svg}, {@code .html} or {@code .json}; replaced if it is there
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String text;
    if (name.endsWith(".txt")) {
      text = toText(100);
    } else if (name.endsWith(".svg")) {
      text = toSvg();
    } else if (name.endsWith(".html")) {
      text = toHtml("Timeline");
    } else if (name.endsWith(".json")) {
      text = toChromeTrace();
    } else {
      throw new IllegalArgumentException(
          "file must end with .txt, .svg, .html or .json, but was '" + file + "'; the ending chooses the form");
    }
    Files.writeString(file, text);
  }
}
