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
 * A diagram of spans on one time axis, with a row for each lane. Immutable.
 *
 * <p>It can be formatted as text for a terminal, as an SVG picture, as a self-contained HTML page, and in the trace event format
 * of Chrome's {@code about:tracing} and Perfetto.
 *
 * @param spans all spans; lanes are shown in the order of their first span
 * @param dropped the number of spans that a full recorder has dropped
 */
public record Timeline(List<Span> spans, long dropped) {

  /** Copies the spans and checks the count. */
  public Timeline {
    spans = List.copyOf(spans);
    if (dropped < 0) {
      throw new IllegalArgumentException("dropped must not be negative, but was " + dropped);
    }
  }

  /** Returns a timeline of these spans. */
  public static Timeline of(Collection<Span> spans) {
    return new Timeline(List.copyOf(spans), 0);
  }

  /** The start of the first span, in nanoseconds; 0 if there is none. */
  public long start() {
    return spans.stream().mapToLong(Span::start).min().orElse(0);
  }

  /** The end of the last span, in nanoseconds; 0 if there is none. */
  public long end() {
    return spans.stream().mapToLong(Span::end).max().orElse(0);
  }

  /** The time from the first start to the last end, in nanoseconds. */
  public long duration() {
    return end() - start();
  }

  /** Returns the spans of each lane in the order of their starts; the lanes in the order of their first span. */
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
   * Returns the fraction of the whole duration in which a lane was busy, from 0 to 1. Overlapping spans count once.
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
   * Returns a line for each lane, such as {@code worker-1 |###  ====| 78%}; successive spans alternate between two characters.
   *
   * @param columns the width of the diagram without the names, at least 10 characters
   */
  public String toText(int columns) {
    return TextView.of(this, columns);
  }

  /** Returns an SVG picture, with the name and the times of each span as its tooltip. */
  public String toSvg() {
    return SvgView.of(this);
  }

  /**
   * Returns a self-contained HTML page with the picture and a table of the lanes.
   *
   * @param title the title of the page
   */
  public String toHtml(String title) {
    return HtmlView.of(this, Objects.requireNonNull(title, "title must not be null"));
  }

  /** Returns the spans in the trace event format (JSON), with times in microseconds from the first span. */
  public String toChromeTrace() {
    return ChromeTrace.of(this);
  }

  /**
   * Writes the timeline to a file in the format of its extension.
   *
   * @param file a path that ends with {@code .txt}, {@code .svg}, {@code .html} or {@code .json}; an existing file is replaced
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
          "file must end with .txt, .svg, .html or .json, but was '" + file + "'; the extension selects the format");
    }
    Files.writeString(file, text);
  }
}
