package dev.heddle.timeline;

import dev.heddle.base.files.OutputFiles;
import dev.heddle.timeline.view.Busy;
import dev.heddle.timeline.view.ChromeTrace;
import dev.heddle.timeline.view.HtmlView;
import dev.heddle.timeline.view.NaturalOrder;
import dev.heddle.timeline.view.SvgView;
import dev.heddle.timeline.view.TextView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A diagram of spans on one time axis, with a row for each lane. Immutable.
 *
 * <p>It can be formatted as text for a terminal, as an SVG picture for documents, as a self-contained HTML page to zoom and
 * search in, and in the trace event format of Chrome's {@code about:tracing} and Perfetto. Each form says how many spans
 * were dropped, marks spans that failed, crashed, were cancelled or still run, and stacks spans of a lane that overlap.
 *
 * @param spans all spans; lanes are shown in the order of their names, in which numbers count by their value
 * @param dropped the number of earlier spans that a full recorder has dropped
 */
public record Timeline(List<Span> spans, long dropped) {

  private static final Comparator<Span> BY_START = Comparator.comparingLong(Span::start);

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

  /** Returns the spans of each lane in the order of their starts; the lanes in the order of their names, in which numbers
   * count by their value: {@code worker-2} before {@code worker-10}. */
  public Map<String, List<Span>> lanes() {
    Map<String, List<Span>> byName = new HashMap<>();
    for (Span span : spans) {
      byName.computeIfAbsent(span.lane(), _ -> new ArrayList<>()).add(span);
    }
    byName.values().forEach(of -> of.sort(BY_START));
    Map<String, List<Span>> lanes = new TreeMap<>(NaturalOrder.INSTANCE);
    lanes.putAll(byName);
    lanes.replaceAll((_, of) -> Collections.unmodifiableList(of));
    return Collections.unmodifiableMap(lanes);
  }

  /**
   * Returns the fraction of the whole duration in which a lane was busy, from 0 to 1. Overlapping spans count once.
   *
   * @throws IllegalArgumentException if there is no such lane
   */
  public double busy(String lane) {
    Objects.requireNonNull(lane, "lane must not be null");
    List<Span> of = spans.stream().filter(each -> each.lane().equals(lane)).sorted(BY_START).toList();
    if (of.isEmpty()) {
      throw new IllegalArgumentException("there is no lane '" + lane + "'; there are " + lanes().keySet());
    }
    long whole = duration();
    return whole == 0 ? 0 : (double) Busy.nanos(of) / whole;
  }

  /**
   * Returns a line for each lane, such as {@code worker-1 |###  ====| 78%}; successive spans alternate between two
   * characters, and the last character of a span says if it did not complete. Names are cut, and shown without control
   * characters.
   *
   * @param columns the width of the diagram without the names, at least 10 characters
   */
  public String toText(int columns) {
    return TextView.of(this, columns);
  }

  /**
   * Returns an SVG picture, with the name and the times of each span as its tooltip. Spans narrower than a pixel are drawn
   * together, so that its size is bounded by that of the picture. Of a lane at most 40 rows of overlapping spans are drawn,
   * of all lanes 400 rows and 200 lanes, and of marks that would cover each other one; it says how much is left out.
   */
  public String toSvg() {
    return SvgView.of(this);
  }

  /**
   * Returns a self-contained HTML page with a diagram to zoom and search in, and a table of the lanes.
   *
   * @param title the title of the page
   */
  public String toHtml(String title) {
    return toHtml(title, "");
  }

  /**
   * Returns such a page with further text above the diagram, such as the report of a pipeline.
   *
   * @param title the title of the page
   * @param notes plain text, shown as it is, line by line; an empty string for none
   */
  public String toHtml(String title, String notes) {
    return HtmlView.of(this, Objects.requireNonNull(title, "title must not be null"),
        Objects.requireNonNull(notes, "notes must not be null; an empty string means none"));
  }

  /** Returns the spans in the trace event format (JSON), with times in microseconds from the first span. */
  public String toChromeTrace() {
    return ChromeTrace.of(this);
  }

  /**
   * Writes the timeline to a file in the format of its extension, titled with the file's name without it.
   *
   * @param file a path that ends with {@code .txt}, {@code .svg}, {@code .html} or {@code .json}; an existing file is
   *     replaced
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    save(file, file.getFileName() == null ? "" : file.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
  }

  /**
   * Writes the timeline to a file in the format of its extension.
   *
   * @param file a path that ends with {@code .txt}, {@code .svg}, {@code .html} or {@code .json}; an existing file is
   *     replaced
   * @param title the title of an HTML page
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws IOException if the file cannot be written
   */
  public void save(Path file, String title) throws IOException {
    Objects.requireNonNull(title, "title must not be null");
    String name = file.toString().toLowerCase(Locale.ROOT);
    String text;
    if (name.endsWith(".txt")) {
      text = toText(100);
    } else if (name.endsWith(".svg")) {
      text = toSvg();
    } else if (name.endsWith(".html")) {
      text = toHtml(title);
    } else if (name.endsWith(".json")) {
      text = toChromeTrace();
    } else {
      throw new IllegalArgumentException(
          "file must end with .txt, .svg, .html or .json, but was '" + file + "'; the extension selects the format");
    }
    OutputFiles.write(file, text.getBytes(StandardCharsets.UTF_8)); // which replaces a lone surrogate, where writeString throws
  }
}
