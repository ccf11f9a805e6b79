package dev.heddle.timeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats a timeline as plain text. */
final class TextView {
  private static final int LEAST_COLUMNS = 10;
  private static final char[] SIGNS = {'#', '='};

  private TextView() {}

  static String of(Timeline timeline, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException("columns must be at least " + LEAST_COLUMNS + ", but was " + columns);
    }
    Scale scale = Scale.of(timeline);
    Map<String, List<Span>> lanes = timeline.lanes();
    int margin = lanes.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    lanes.forEach((lane, spans) -> {
      text.append(lane).repeat(' ', margin - lane.length()).append(" |").append(row(spans, scale, columns));
      text.append(String.format(Locale.ROOT, "| %3.0f%%\n", 100 * timeline.busy(lane)));
    });
    text.repeat(' ', margin + 2).append(axis(scale, columns)).append('\n');
    if (timeline.dropped() > 0) {
      text.append(timeline.dropped()).append(" further spans were dropped\n");
    }
    return text.toString();
  }

  private static String row(List<Span> spans, Scale scale, int columns) {
    char[] row = new char[columns];
    Arrays.fill(row, ' ');
    for (int i = 0; i < spans.size(); i++) {
      int from = Math.min(columns - 1, (int) (scale.position(spans.get(i).start()) * columns));
      int to = Math.max(from + 1, (int) Math.round(scale.position(spans.get(i).end()) * columns)); // at least one character
      Arrays.fill(row, from, Math.min(columns, to), SIGNS[i % SIGNS.length]);
    }
    return new String(row);
  }

  private static String axis(Scale scale, int columns) {
    StringBuilder axis = new StringBuilder();
    for (long tick : scale.ticks()) {
      int at = (int) ((double) tick / scale.duration() * columns);
      if (at >= axis.length() && at <= columns) {
        axis.repeat(' ', at - axis.length()).append(Scale.text(tick)).append(' ');
      }
    }
    return axis.toString().stripTrailing();
  }
}
