package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Formats a timeline as plain text; spans of a lane that overlap are in lines below each other. */
public final class TextView {
  private static final int LEAST_COLUMNS = 10;
  private static final int LONGEST_NAME = 40;
  private static final int MOST_LANES = 1_000;
  private static final int MOST_ROWS = 8; // of a lane
  private static final String SHARE = "| 100%";
  private static final char[] SIGNS = {'#', '='};

  private TextView() {}

  /** Returns a line for each of the first {@value #MOST_LANES} lanes, and the axis. */
  public static String of(Timeline timeline, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException("columns must be at least " + LEAST_COLUMNS + ", but was " + columns);
    }
    Scale scale = Scale.of(timeline);
    List<Lane> all = Lane.of(timeline);
    List<Lane> lanes = all.subList(0, Math.min(MOST_LANES, all.size()));
    int margin = lanes.stream().mapToInt(lane -> Cells.width(label(lane))).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Lane lane : lanes) {
      List<List<Span>> rows = lane.rows();
      for (int i = 0; i < Math.min(MOST_ROWS, rows.size()); i++) {
        text.append(Cells.pad(i == 0 ? label(lane) : "", margin)).append(" |").append(row(rows.get(i), scale, columns));
        text.append(i == 0 ? String.format(Locale.ROOT, "| %3.0f%%\n", 100 * lane.busy(scale)) : "|\n");
      }
      if (rows.size() > MOST_ROWS) {
        text.append(Cells.pad("", margin)).append(" (up to ").append(rows.size()).append(" at once; ")
            .append(Notes.count(rows.stream().skip(MOST_ROWS).mapToInt(List::size).sum())).append(" not drawn)\n");
      }
    }
    text.repeat(' ', margin + 2).append(axis(scale, columns)).append('\n');
    marks(timeline, text);
    if (all.size() > lanes.size()) {
      text.append(Notes.hiddenLanes(all.size() - lanes.size())).append('\n');
    }
    if (timeline.dropped() > 0) {
      text.append(Notes.dropped(timeline)).append('\n');
    }
    return text.toString();
  }

  private static String label(Lane lane) {
    return Cells.fit(lane.name(), LONGEST_NAME);
  }

  private static char[] row(List<Span> spans, Scale scale, int columns) {
    char[] row = new char[columns];
    Arrays.fill(row, ' ');
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      int from = Math.min(columns - 1, (int) (scale.position(span.start()) * columns));
      int to = Math.max(from + 1, (int) Math.round(scale.position(span.end()) * columns)); // at least one character
      to = Math.min(columns, to);
      Arrays.fill(row, from, to, SIGNS[i % SIGNS.length]);
      EndingSign sign = EndingSign.of(span.ending());
      if (sign.isMarked()) {
        row[to - 1] = sign.character(); // in the last column of the span
      }
    }
    return row;
  }

  private static void marks(Timeline timeline, StringBuilder text) {
    List<EndingSign> seen = Notes.marked(timeline);
    if (!seen.isEmpty()) {
      text.append(String.join(", ", seen.stream().map(each -> each.character() + " " + each.word()).toList())).append('\n');
    }
  }

  private static String axis(Scale scale, int columns) {
    StringBuilder axis = new StringBuilder();
    for (long tick : scale.ticks()) {
      int at = (int) ((double) tick / scale.duration() * columns);
      String label = Scale.text(tick);
      if (at >= axis.length() && at + label.length() <= columns + SHARE.length()) { // no wider than the lanes
        axis.repeat(' ', at - axis.length()).append(label).append(' ');
      }
    }
    return axis.toString().stripTrailing();
  }
}
