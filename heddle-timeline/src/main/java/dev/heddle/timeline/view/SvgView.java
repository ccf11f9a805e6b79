package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.base.Xml;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * Formats a timeline as an SVG picture. Spans that overlap are stacked; spans narrower than a pixel are drawn together, as a bar
 * for each pixel whose opacity is the share of time in which the lane was busy there.
 */
public final class SvgView {
  private static final int WIDTH = 900;
  private static final int LANE = 22;
  private static final int LEAST_ROW = 6;
  private static final int HIGHEST_LANE = 160;
  private static final int MOST_LANES = 200;
  private static final int GAP = 6;
  private static final int AXIS = 28;
  private static final int LEGEND = 18;
  private static final int CHARACTER = 7; // the approximate width of a character
  private static final int MOST_MARGIN = 260;
  private static final int MOST_KIND = 22; // characters of a kind in the legend

  private final Timeline timeline;
  private final Scale scale;
  private final List<Lane> lanes;
  private final Palette palette;
  private final int margin;
  private final StringBuilder svg = new StringBuilder(1 << 16);

  private SvgView(Timeline timeline) {
    this.timeline = timeline;
    this.scale = Scale.of(timeline);
    this.lanes = Lane.of(timeline);
    this.palette = Palette.of(timeline);
    int longest = lanes.stream().limit(MOST_LANES).mapToInt(lane -> Cells.width(lane.name())).max().orElse(0);
    this.margin = Math.min(MOST_MARGIN, 20 + CHARACTER * longest);
  }

  /** Returns the picture. */
  public static String of(Timeline timeline) {
    return new SvgView(timeline).draw();
  }

  private String draw() {
    List<Lane> drawn = lanes.subList(0, Math.min(MOST_LANES, lanes.size()));
    int bottom = GAP + drawn.stream().mapToInt(lane -> height(lane) + GAP).sum();
    int perLine = Math.max(1, (margin + WIDTH) / (CHARACTER * (MOST_KIND + 4)));
    int legendLines = (palette.legend().size() + perLine - 1) / perLine;
    int notes = (timeline.dropped() > 0 ? 1 : 0) + (drawn.size() < lanes.size() ? 1 : 0) + (hasMarks() ? 1 : 0);
    int height = bottom + AXIS + (legendLines + notes) * LEGEND;
    int width = margin + WIDTH + 20;
    line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
        + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1f2430\">", width, height,
        width, height,
        Notes.count(timeline.spans().size()) + " in " + lanes.size() + (lanes.size() == 1 ? " lane" : " lanes"));
    line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", width, height);
    ticks(bottom);
    int y = GAP;
    for (Lane lane : drawn) {
      lane(lane, y);
      y += height(lane) + GAP;
    }
    legend(bottom + AXIS, perLine);
    notes(bottom + AXIS + legendLines * LEGEND + 12, drawn.size());
    return svg.append("</svg>\n").toString();
  }

  private static int height(Lane lane) {
    return Math.clamp((long) lane.rows().size() * LEAST_ROW * 2, LANE, HIGHEST_LANE);
  }

  private void ticks(int bottom) {
    for (long tick : scale.ticks()) {
      double x = margin + WIDTH * (double) tick / scale.duration();
      line(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\""
              + " fill=\"#555\">%s</text>",
          x, x, GAP, bottom, x, bottom + 18, Scale.text(tick));
    }
  }

  private void lane(Lane lane, int y) {
    int most = MOST_MARGIN / CHARACTER - 2;
    String shown = Cells.fit(lane.name(), most);
    line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s%s</text>", margin - 8, y + LANE - 7, Xml.escape(shown),
        shown.equals(lane.name()) ? "" : "<title>" + Xml.escape(lane.name()) + "</title>");
    double rowHeight = (double) height(lane) / lane.rows().size();
    for (int row = 0; row < lane.rows().size(); row++) {
      new SvgRow(this, y + row * rowHeight, Math.max(1, rowHeight - (rowHeight > 3 ? 1 : 0))).draw(lane.rows().get(row));
    }
  }

  private boolean hasMarks() {
    return timeline.spans().stream().anyMatch(span -> span.ending() != Span.Ending.COMPLETED);
  }

  private void legend(int y, int perLine) {
    List<String> kinds = palette.legend();
    int step = (margin + WIDTH) / perLine;
    for (int i = 0; i < kinds.size(); i++) {
      int x = 12 + i % perLine * step;
      int top = y + i / perLine * LEGEND;
      line("<rect x=\"%d\" y=\"%d\" width=\"11\" height=\"11\" rx=\"2\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>", x,
          top,
          palette.light(i), x + 16, top + 10, Xml.escape(Cells.fit(kinds.get(i), MOST_KIND)));
    }
  }

  private void notes(int first, int drawn) {
    int y = first;
    if (hasMarks()) {
      String endings = String.join(", ",
          timeline.spans().stream().map(Span::ending).distinct().filter(SvgRow::isMarked).sorted().map(SvgRow::describe)
              .toList());
      note(y, endings);
      y += LEGEND;
    }
    if (drawn < lanes.size()) {
      note(y, lanes.size() - drawn + " further lanes are not drawn; the HTML page and the trace have them");
      y += LEGEND;
    }
    if (timeline.dropped() > 0) {
      note(y, Notes.dropped(timeline));
    }
  }

  private void note(int y, String text) {
    line("<text x=\"12\" y=\"%d\" fill=\"#555\">%s</text>", y, Xml.escape(text));
  }

  // ---- for its rows ----

  double x(long time) {
    return margin + WIDTH * scale.position(time);
  }

  double pixels(long nanos) {
    return WIDTH * (double) nanos / scale.duration();
  }

  int left() {
    return margin;
  }

  int width() {
    return WIDTH;
  }

  Palette palette() {
    return palette;
  }

  String offset(Span span) {
    return Scale.text(span.start() - scale.start());
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
