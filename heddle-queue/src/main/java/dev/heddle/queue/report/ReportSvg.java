package dev.heddle.queue.report;

import dev.heddle.base.Describe;
import dev.heddle.base.Xml;
import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Renders a timeline as an SVG image: a band for each stage, which shows the busy share of its workers from the bottom up,
 * above it the share that waited to hand on, and the share that waited for items. What is left are workers that had ended.
 */
public final class ReportSvg {
  private static final int WIDTH = 960;
  private static final int LEFT = 150;
  private static final int TOP = 34;
  private static final int BAND = 56;
  private static final int GAP = 14;
  private static final String BUSY = "busy"; // classes of the style
  private static final String PUTTING = "putting";
  private static final String GETTING = "getting";
  private static final String GROUND = "paper";

  /** Colours of at least 3:1 contrast to their background, which readers tell apart whatever cones they have. */
  private static final String STYLE = """
      <style>.ink{fill:#1f2430}.paper{fill:#fff}.frame{stroke:#8a919c}.busy{fill:#1467ff}.putting{fill:#992b00}.getting{fill:#8a919c}
      @media(prefers-color-scheme:dark){.ink{fill:#dfe3ea}.paper{fill:#14171d}.busy{fill:#1aa3ff}.putting{fill:#f89872}}</style>
      """;

  private ReportSvg() {}

  /** Returns the image. */
  public static String picture(PipelineReport report) {
    List<String> stages = report.timeline().stages();
    int height = TOP + stages.size() * (BAND + GAP) + 28;
    StringBuilder svg = new StringBuilder();
    svg.append(
        Describe.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                + " font-family=\"system-ui, sans-serif\" font-size=\"12\" class=\"ink\">%n",
            WIDTH, height, WIDTH, height))
        .append(STYLE);
    svg.append("<title>").append(Xml.escape(ReportText.headline(report))).append("</title>\n");
    svg.append(Describe.format("<rect width=\"%d\" height=\"%d\" class=\"paper\"/>%n", WIDTH, height));
    legend(svg);
    for (int stage = 0; stage < stages.size(); stage++) {
      band(svg, report, stage, TOP + stage * (BAND + GAP));
    }
    axis(svg, report, height - 10);
    return svg.append("</svg>\n").toString();
  }

  private static void legend(StringBuilder svg) {
    entry(svg, LEFT, BUSY, "busy");
    entry(svg, LEFT + 90, PUTTING, "waiting to hand on");
    entry(svg, LEFT + 250, GETTING, "waiting for items");
    entry(svg, LEFT + 400, GROUND, "ended");
  }

  private static void entry(StringBuilder svg, int x, String color, String text) {
    svg.append(
        Describe.format("<rect x=\"%d\" y=\"10\" width=\"12\" height=\"12\" class=\"%s frame\"/>", x, color));
    svg.append(Describe.format("<text x=\"%d\" y=\"20\">%s</text>%n", x + 18, text));
  }

  private static void band(StringBuilder svg, PipelineReport report, int stage, int top) {
    StageReport figures = report.stages().get(stage);
    boolean worst = report.bottleneck().filter(figures::equals).isPresent();
    svg.append(
        Describe.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-weight=\"%s\">%s</text>%n",
            LEFT - 10, top + 22, worst ? "bold" : "normal", Xml.escape(figures.name())));
    svg.append(
        Describe.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"11\">%s%s busy</text>%n",
            LEFT - 10,
            top + 38,
            worst ? "bottleneck, " : "",
            Describe.percent(figures.occupancy())));
    svg.append(
        Describe.format(
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s frame\"/>%n", LEFT, top, plot(), BAND, GROUND));
    area(svg, report.timeline(), stage, top, shares -> shares.busy() + shares.putting() + shares.getting(), GETTING);
    area(svg, report.timeline(), stage, top, shares -> shares.busy() + shares.putting(), PUTTING);
    area(svg, report.timeline(), stage, top, OccupancyTimeline.Shares::busy, BUSY);
  }

  /** Draws a stepped area of a share of the workers. */
  private static void area(
      StringBuilder svg, OccupancyTimeline timeline, int stage, int top, ToDoubleFunction<OccupancyTimeline.Shares> of,
      String color) {
    double scale = scale(timeline);
    StringBuilder path = new StringBuilder(Describe.format("M%d %d", LEFT, top + BAND));
    for (OccupancyTimeline.Interval interval : timeline.intervals()) {
      OccupancyTimeline.Shares shares = interval.shares().get(stage);
      double share = Math.clamp(of.applyAsDouble(shares), 0, 1);
      double y = top + BAND * (1 - share);
      path.append(
          Describe.format(" L%.1f %.1f L%.1f %.1f", LEFT + interval.from() * scale, y, LEFT + interval.to() * scale, y));
    }
    path.append(Describe.format(" L%.1f %d Z", LEFT + end(timeline) * scale, top + BAND));
    svg.append(Describe.format("<path d=\"%s\" class=\"%s\"/>%n", path, color));
  }

  private static void axis(StringBuilder svg, PipelineReport report, int y) {
    svg.append(Describe.format("<text x=\"%d\" y=\"%d\">0</text>%n", LEFT, y));
    svg.append(
        Describe.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
            LEFT + plot(), y, Describe.measured(end(report.timeline()))));
  }

  private static int plot() {
    return WIDTH - LEFT - 20;
  }

  private static long end(OccupancyTimeline timeline) {
    return timeline.intervals().isEmpty() ? 1 : Math.max(1, timeline.intervals().getLast().to());
  }

  private static double scale(OccupancyTimeline timeline) {
    return plot() / (double) end(timeline);
  }
}
