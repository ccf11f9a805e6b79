package dev.heddle.cli.bench;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.base.Xml;
import dev.heddle.benchmarks.measure.Figure;
import java.util.List;

/**
 * Draws the ratios of figures to those of their peers as SVG: a bar on a logarithmic scale from 1, to the left where Heddle
 * needs less, and a line from the first to the third quartile of the pairs.
 */
final class BenchPicture {
  private static final int LABEL = 330;
  private static final int PLOT = 380;
  private static final int RIGHT = 130;
  private static final int ROW = 22;
  private static final int TOP = 26;
  private static final int CHARACTERS = 44; // of a label
  private static final int LEAST_RANGE = 2; // the axis goes from 1/4 to 4 at least

  private static final String STYLE = """
      <style>.ink{fill:#1f2430}.dim{fill:#566070}.paper{fill:#fff}.less{fill:#1467ff}.more{fill:#992b00}
      .grid{stroke:#d5d9e0}.one{stroke:#566070;stroke-width:1.5}.spread{stroke:#1f2430;stroke-width:2}
      @media(prefers-color-scheme:dark){.ink{fill:#dfe3ea}.dim{fill:#a3adbd}.paper{fill:#14171d}.less{fill:#1aa3ff}.more{fill:#f89872}
      .grid{stroke:#3a4150}.one{stroke:#a3adbd}.spread{stroke:#dfe3ea}}</style>
      """;

  private final List<Figure> rows;
  private final int range; // in powers of two, to both sides
  private final StringBuilder svg = new StringBuilder();

  private BenchPicture(List<Figure> rows) {
    this.rows = rows;
    double most = rows.stream().flatMap(row -> row.ratios().stream()).mapToDouble(BenchPicture::powers).map(Math::abs).max()
        .orElse(0);
    this.range = Math.max(LEAST_RANGE, (int) Math.ceil(most));
  }

  /** Returns the picture of the figures that have a ratio. */
  static String of(List<Figure> figures) {
    return new BenchPicture(figures.stream().filter(each -> Double.isFinite(each.ratio()) && each.ratio() > 0).toList())
        .draw();
  }

  private static double powers(double ratio) {
    return Math.log(ratio) / Math.log(2);
  }

  private double x(double ratio) {
    return LABEL + PLOT * (powers(ratio) / range + 1) / 2;
  }

  private String draw() {
    int height = TOP + rows.size() * ROW + 30;
    int width = LABEL + PLOT + RIGHT;
    svg.append(Describe.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
            + " aria-label=\"Heddle's figures as multiples of its peers'; less is better\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n",
        width, height, width, height)).append(STYLE);
    svg.append(Describe.format("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, height));
    grid(height - 30);
    int y = TOP;
    for (Figure row : rows) {
      row(row, y);
      y += ROW;
    }
    svg.append(Describe.format("<text class=\"dim\" x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">", x(1), height - 10))
        .append("← Heddle needs less · times the peer's · more →</text>\n");
    return svg.append("</svg>\n").toString();
  }

  private void grid(int bottom) {
    int step = Math.max(1, range / 3);
    for (int power = -range / step * step; power <= range; power += step) {
      double x = x(Math.pow(2, power));
      svg.append(Describe.format(
          "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/><text class=\"dim\" x=\"%.1f\" y=\"14\""
              + " text-anchor=\"middle\">%s</text>\n",
          power == 0 ? "one" : "grid", x, x, TOP - 6, bottom, x, power < 0 ? "1/" + (1L << -power) : (1L << power) + "×"));
    }
  }

  private void row(Figure row, int y) {
    double from = Math.min(x(row.ratio()), x(1));
    double width = Math.max(1, Math.abs(x(row.ratio()) - x(1)));
    String label = Cells.fit(Cells.printable(row.name()), CHARACTERS);
    svg.append(Describe.format("<text class=\"ink\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABEL - 10, y + 13,
        Xml.escape(label)));
    svg.append(
        Describe.format("<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\"><title>%s</title></rect>",
            row.ratio() <= 1 ? "less" : "more", from, y + 2, width, Xml.escape(title(row))));
    if (row.ratios().size() > 1) {
      svg.append(Describe.format("<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          x(row.quartile(0.25)), x(row.quartile(0.75)), y + 9, y + 9));
    }
    svg.append(Describe.format("<text class=\"ink\" x=\"%d\" y=\"%d\">%.2f× <tspan class=\"dim\">%s</tspan></text>\n",
        LABEL + PLOT + 10, y + 13, row.ratio(), Xml.escape(Cells.fit(Cells.printable(row.peerName()), 13))));
  }

  static String title(Figure row) {
    return Describe.format("%s: %s %s, %s %s; %.2f×", row.name(), BenchReport.figure(row.heddle()), row.unit(),
        row.peerName(),
        BenchReport.figure(row.peer()), row.ratio()) + spread(row);
  }

  /** The quartiles of the pairs, if several were measured. */
  static String spread(Figure row) {
    return row.ratios().size() < 2
        ? ""
        : Describe.format(" (%.2f to %.2f)", row.quartile(0.25), row.quartile(0.75));
  }
}
