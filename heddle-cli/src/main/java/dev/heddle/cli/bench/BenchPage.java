package dev.heddle.cli.bench;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.base.Xml;
import dev.heddle.benchmarks.measure.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the figures of a bench run as a self-contained HTML page: a picture of the ratios and a table for each area. */
final class BenchPage {
  private static final String HEAD = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>Heddle beside its peers</title>
      <style>
      :root{--ink:#1f2430;--dim:#566070;--faint:#d5d9e0;--paper:#fff}
      @media(prefers-color-scheme:dark){:root{--ink:#dfe3ea;--dim:#a3adbd;--faint:#3a4150;--paper:#14171d}}
      body{margin:0 auto;max-width:900px;padding:12px;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
      h1{font-size:20px}h2{font-size:16px}dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px}dt{color:var(--dim)}
      dd{margin:0;overflow-wrap:anywhere}.wide{overflow-x:auto}table{border-collapse:collapse}
      th,td{padding:3px 10px;text-align:right;border-bottom:1px solid var(--faint);white-space:nowrap}
      th:first-child,td:first-child{text-align:left}
      </style>
      </head>
      <body>
      <main>
      <h1>Heddle beside its peers</h1>
      <p>Less is better. A bar shows Heddle's figure as a multiple of its peer's, measured in turn in one run: the median of the pairs;
      the line in it goes from their first to their third quartile.</p>
      """;

  private BenchPage() {}

  /**
   * Returns the page.
   *
   * @param facts what is to be known of the run, such as the machine and the command
   */
  static String of(List<Figure> figures, Map<String, String> facts) {
    StringBuilder html = new StringBuilder(HEAD).append("<dl>\n");
    facts.forEach((name, value) -> html.append("<dt>").append(Xml.escape(name)).append("</dt><dd>")
        .append(Xml.escape(Cells.printable(value))).append("</dd>\n"));
    html.append("</dl>\n");
    Map<String, List<Figure>> areas = figures.stream()
        .collect(Collectors.groupingBy(Figure::area, LinkedHashMap::new, Collectors.toList()));
    areas.forEach((area, rows) -> {
      html.append("<h2>").append(Xml.escape(area)).append("</h2>\n");
      if (rows.stream().anyMatch(row -> Double.isFinite(row.ratio()))) {
        html.append("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"ratios of ").append(Xml.escape(area))
            .append("\">").append(BenchPicture.of(rows)).append("</div>\n");
      }
      table(html, area, rows);
    });
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void table(StringBuilder html, String area, List<Figure> rows) {
    html.append("<details><summary>Figures of ").append(Xml.escape(area))
        .append("</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"figures of ")
        .append(Xml.escape(area))
        .append("\"><table>\n<thead><tr>");
    for (String head : List.of("case", "Heddle", "peer", "peer's name", "unit", "ratio")) {
      html.append("<th scope=\"col\">").append(head).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Figure row : rows) {
      html.append("<tr>");
      for (String cell : List.of(row.name(), BenchReport.figure(row.heddle()), BenchReport.figure(row.peer()),
          row.peerName(),
          row.unit(),
          Double.isFinite(row.ratio()) ? Describe.format("%.2f×", row.ratio()) + BenchPicture.spread(row) : "-")) {
        html.append("<td>").append(Xml.escape(Cells.printable(cell))).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div></details>\n");
  }
}
