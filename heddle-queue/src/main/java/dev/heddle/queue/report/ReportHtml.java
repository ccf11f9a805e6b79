package dev.heddle.queue.report;

import dev.heddle.base.Describe;
import dev.heddle.base.Xml;
import dev.heddle.queue.FailedItem;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.util.List;

/** Renders a report as one HTML page. */
public final class ReportHtml {
  private static final String HEAD = """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>""";

  private static final String STYLE = """
      :root { --ink: #1f2430; --faint: #d5d9e0; --paper: #fff }
      @media (prefers-color-scheme: dark) { :root { --ink: #dfe3ea; --faint: #3a4150; --paper: #14171d } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 980px; margin: 1em auto; padding: 0 1em }
      h1 { font-size: 1.3em; overflow-wrap: anywhere }
      .wide { overflow-x: auto }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
      th, td { padding: .3em .6em; text-align: right; border-bottom: 1px solid var(--faint) }
      th:first-child, td:first-child { text-align: left }
      tr.bottleneck td { font-weight: bold }
      svg { max-width: 100%; height: auto }
      """;

  private static final List<String> COLUMNS = List.of("stage", "workers", "in", "out", "failed", "busy", "waited for items*",
      "waited to hand on*", "p50", "p90", "p99", "longest");

  private ReportHtml() {}

  /** Returns the page. */
  public static String page(PipelineReport report) {
    StringBuilder html = new StringBuilder();
    String title = Xml.escape(ReportText.headline(report));
    html.append(HEAD).append(title);
    html.append("</title>\n<style>\n").append(STYLE).append("</style></head>\n<body>\n<main>\n");
    html.append("<h1>").append(title).append("</h1>\n");
    html.append("<p>").append(Xml.escape(report.verdict())).append("</p>\n");
    html.append(ReportSvg.picture(report));
    table(html, report);
    failures(html, report.failures());
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void table(StringBuilder html, PipelineReport report) {
    html.append("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"figures of the stages\"><table>\n");
    row(html, "th", "", COLUMNS);
    for (StageReport stage : report.stages()) {
      boolean worst = report.bottleneck().filter(stage::equals).isPresent();
      row(
          html,
          "td",
          worst ? " class=\"bottleneck\"" : "",
          List.of(
              stage.name(),
              String.valueOf(stage.workers()),
              String.valueOf(stage.in()),
              String.valueOf(stage.out()),
              String.valueOf(stage.failed()),
              Describe.percent(stage.occupancy()),
              Describe.measured(stage.getting()),
              Describe.measured(stage.putting()),
              Describe.measured(stage.p50()),
              Describe.measured(stage.p90()),
              Describe.measured(stage.p99()),
              stage.slowest() == null ? "-" : Describe.measured(stage.slowest().time())));
    }
    html.append("</table></div>\n<p>* the sum of the stage's workers, which may be longer than the run</p>\n");
  }

  private static void row(StringBuilder html, String cell, String attributes, List<String> values) {
    html.append("<tr").append(attributes).append(">");
    for (String value : values) {
      html.append("<").append(cell).append(">").append(Xml.escape(value)).append("</").append(cell).append(">");
    }
    html.append("</tr>\n");
  }

  private static void failures(StringBuilder html, List<FailedItem> failures) {
    if (!failures.isEmpty()) {
      html.append("<h2>Failed items</h2>\n<ul>\n");
      for (FailedItem failure : failures) {
        html.append("<li>").append(Xml.escape(failure.toString())).append("</li>\n");
      }
      html.append("</ul>\n");
    }
  }
}
