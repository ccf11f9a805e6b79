package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.base.Xml;
import dev.heddle.timeline.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats a timeline as a self-contained HTML page, in which one can zoom and search. */
public final class HtmlView {
  private static final Pattern PLACE = Pattern.compile("@(\\w+)@");

  private HtmlView() {}

  /** Returns the page. */
  public static String of(Timeline timeline, String title, String notes) {
    List<Lane> lanes = Lane.of(timeline);
    Map<String, String> parts = Map.of(
        "title", Xml.escape(Cells.printable(title)),
        "notes", notes.isEmpty() ? "" : "<pre id=\"notes\" tabindex=\"0\">" + lines(notes) + "</pre>",
        "summary", Xml.escape(summary(timeline, lanes.size())),
        "table", table(timeline, lanes),
        "data", PageData.of(timeline, lanes),
        "css", resource("page.css"),
        "js", resource("data.js") + resource("page.js") + resource("input.js"));
    return PLACE.matcher(resource("page.html")).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String summary(Timeline timeline, int lanes) {
    return Notes.count(timeline.spans().size()) + " in " + lanes + (lanes == 1 ? " lane, " : " lanes, ")
        + Scale.text(timeline.duration()) + (timeline.dropped() > 0 ? "; " + Notes.dropped(timeline) : "");
  }

  private static String lines(String notes) {
    return Cells.printableLines(notes).lines().map(Xml::escape).collect(Collectors.joining("\n"));
  }

  private static String table(Timeline timeline, List<Lane> lanes) {
    StringBuilder table = new StringBuilder();
    Scale scale = Scale.of(timeline);
    for (Lane lane : lanes) {
      table.append(
          String.format(
              Locale.ROOT, "<tr><td>%s</td><td>%d</td><td>%.0f %%</td><td>%s</td></tr>\n", Xml.escape(lane.name()),
              lane.spans().size(), 100 * lane.busy(scale), Scale.text(lane.longest())));
    }
    return table.toString();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlView.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the resource dev/heddle/timeline/view/" + name
                + " of heddle-timeline is missing; a jar that repackages Heddle must"
                + " keep its resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " of heddle-timeline could not be read", e);
    }
  }
}
