package dev.heddle.timeline;

import dev.heddle.base.Xml;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats a timeline as a self-contained HTML page. */
final class HtmlView {
  private static final String STYLE = "body{font-family:system-ui,sans-serif;margin:2em;color:#222}svg{max-width:100%;height:auto}"
      + "table{border-collapse:collapse;margin-top:1.5em}th,td{padding:.25em .9em;text-align:right;"
      + "border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}";

  private HtmlView() {}

  static String of(Timeline timeline, String title) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>").append(Xml.escape(title));
    page.append("</title>\n<style>").append(STYLE).append("</style>\n</head>\n<body>\n<h1>").append(Xml.escape(title));
    page.append("</h1>\n<p>").append(timeline.spans().size()).append(" spans in ").append(Scale.text(timeline.duration()));
    if (timeline.dropped() > 0) {
      page.append("; ").append(timeline.dropped()).append(" further spans were dropped");
    }
    page.append(".</p>\n").append(SvgView.of(timeline));
    page.append("<table>\n<tr><th>lane</th><th>spans</th><th>busy</th><th>longest</th></tr>\n");
    for (Map.Entry<String, List<Span>> lane : timeline.lanes().entrySet()) {
      long longest = lane.getValue().stream().mapToLong(Span::duration).max().orElse(0);
      page.append(String.format(
          Locale.ROOT,
          "<tr><td>%s</td><td>%d</td><td>%.0f %%</td><td>%s</td></tr>\n",
          Xml.escape(lane.getKey()), lane.getValue().size(), 100 * timeline.busy(lane.getKey()), Scale.text(longest)));
    }
    return page.append("</table>\n</body>\n</html>\n").toString();
  }
}
