package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.base.Xml;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Formats a timeline as an SVG picture. Spans that overlap are stacked; spans narrower than a pixel are drawn together, as a
 * bar for each pixel whose opacity is the share of time in which the lane was busy there.
 */
public final class SvgView {
  static final int WIDTH = 900;
  private static final int LANE = 22;
  private static final int LEAST_ROW = 6;
  private static final int HIGHEST_LANE = 160;
  private static final int MOST_LANES = 200;
  private static final int MOST_ROWS_OF_LANE = HIGHEST_LANE / 4; // of at least 4 pixels
  private static final int MOST_ROWS = 400;
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
  private final List<EndingSign> marked;
  private final int margin;
  private int hiddenSpans; // in rows that are not drawn
  private @Nullable SvgBudget budget; // once it is known what is drawn
  private int hiddenMarks; // which would cover others
  private final StringBuilder svg = new StringBuilder(1 << 16);

  private SvgView(Timeline timeline) {
    this.timeline = timeline;
    this.scale = Scale.of(timeline);
    this.lanes = Lane.of(timeline);
    this.palette = Palette.of(timeline);
    this.marked = Notes.marked(timeline);
    int longest = lanes.stream().limit(MOST_LANES).mapToInt(lane -> Cells.width(lane.name())).max().orElse(0);
    this.margin = Math.min(MOST_MARGIN, 20 + CHARACTER * longest);
  }

  /** Returns the picture. */
  public static String of(Timeline timeline) {
    return new SvgView(timeline).draw();
  }

  private String draw() {
    List<Lane> drawn = drawn();
    budget = SvgBudget.of(timeline.spans(), this::pixels, drawn.stream().mapToInt(SvgView::rows).sum());
    int bottom = GAP + drawn.stream().mapToInt(lane -> height(lane) + GAP).sum();
    int perLine = Math.max(1, (margin + WIDTH) / (CHARACTER * (MOST_KIND + 4)));
    int legendLines = (palette.legend().size() + perLine - 1) / perLine;
    ticks(bottom);
    int y = GAP;
    for (Lane lane : drawn) {
      lane(lane, y);
      y += height(lane) + GAP;
    }
    legend(bottom + AXIS, perLine);
    List<String> notes = notes(lanes.size() - drawn.size());
    for (int i = 0; i < notes.size(); i++) {
      line("<text x=\"12\" y=\"%d\" fill=\"#555\">%s</text>", bottom + AXIS + (legendLines + i) * LEGEND + 12,
          Xml.escape(notes.get(i)));
    }
    return head(bottom + AXIS + (legendLines + notes.size()) * LEGEND) + svg + "</svg>\n";
  }

  private String head(int height) {
    int width = margin + WIDTH + 20;
    return String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1f2430\">%n"
            + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
        width, height, width, height,
        Notes.count(timeline.spans().size()) + " in " + lanes.size() + (lanes.size() == 1 ? " lane" : " lanes"), width,
        height);
  }

  /** Returns the lanes that are drawn: the first ones, as long as their rows are not too many. */
  private List<Lane> drawn() {
    int count = 0;
    for (int rows = 0; count < Math.min(MOST_LANES, lanes.size()); count++) {
      rows += rows(lanes.get(count));
      if (rows > MOST_ROWS) {
        break;
      }
    }
    return lanes.subList(0, count);
  }

  private static int rows(Lane lane) {
    return Math.min(MOST_ROWS_OF_LANE, lane.rows().size());
  }

  private static int height(Lane lane) {
    return Math.clamp(2L * LEAST_ROW * rows(lane), LANE, HIGHEST_LANE);
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
    int rows = rows(lane);
    double rowHeight = (double) height(lane) / rows;
    lane.rows().stream().skip(rows).forEach(row -> hiddenSpans += row.size());
    for (int row = 0; row < rows; row++) {
      new SvgRow(this, y + row * rowHeight, Math.max(1, rowHeight - (rowHeight > 3 ? 1 : 0))).draw(lane.rows().get(row));
    }
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

  /** Returns what the picture says below: what marks mean, and what is left out. */
  private List<String> notes(int hiddenLanes) {
    List<String> notes = new ArrayList<>();
    if (!marked.isEmpty()) {
      notes.add(String.join(", ", marked.stream().map(each -> each.symbol() + " " + each.word()).toList())
          + (hiddenMarks == 0 ? "" : "; " + hiddenMarks + " marks that would cover others are not drawn"));
    }
    if (hiddenLanes > 0) {
      notes.add(Notes.hiddenLanes(hiddenLanes));
    }
    if (hiddenSpans > 0) {
      notes.add(hiddenSpans + " further spans of lanes with more than " + MOST_ROWS_OF_LANE
          + " at once are not drawn; the HTML page and the trace have them");
    }
    if (timeline.dropped() > 0) {
      notes.add(Notes.dropped(timeline));
    }
    return notes;
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

  SvgBudget budget() {
    return Objects.requireNonNull(budget);
  }

  /** Counts a mark that is not drawn. */
  void hidesMark() {
    hiddenMarks++;
  }

  String offset(Span span) {
    return Scale.text(span.start() - scale.start());
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
