package dev.heddle.timeline;

import dev.heddle.base.Xml;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats a timeline as an SVG picture. */
final class SvgView {
  private static final int WIDTH = 900;
  private static final int LANE = 22;
  private static final int GAP = 6;
  private static final int AXIS = 28;
  private static final int CHARACTER = 7; // the approximate width of a character
  private static final int MOST_MARGIN = 260;
  private static final List<String> COLOURS = List.of("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#edc948",
      "#b07aa1", "#9c755f", "#86bcb6", "#d37295");

  private SvgView() {}

  static String of(Timeline timeline) {
    Scale scale = Scale.of(timeline);
    Map<String, List<Span>> lanes = timeline.lanes();
    int longest = lanes.keySet().stream().mapToInt(String::length).max().orElse(0);
    int margin = Math.min(MOST_MARGIN, 20 + CHARACTER * longest);
    int width = margin + WIDTH + 20;
    int bottom = GAP + lanes.size() * (LANE + GAP);
    StringBuilder svg = new StringBuilder(256 + 160 * timeline.spans().size());
    svg.append(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
            + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
        width, bottom + AXIS, width, bottom + AXIS, width, bottom + AXIS));
    for (long tick : scale.ticks()) {
      double x = margin + WIDTH * (double) tick / scale.duration();
      svg.append(String.format(
          Locale.ROOT,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>"
              + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>\n",
          x, x, GAP, bottom, x, bottom + 18, Scale.text(tick)));
    }
    int y = GAP;
    for (Map.Entry<String, List<Span>> lane : lanes.entrySet()) {
      svg.append(String.format(
          Locale.ROOT,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
          margin - 8, y + LANE - 7, Xml.escape(lane.getKey())));
      for (Span span : lane.getValue()) {
        svg.append(bar(span, scale, margin, y));
      }
      y += LANE + GAP;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String bar(Span span, Scale scale, int margin, int y) {
    double x = margin + WIDTH * scale.position(span.start());
    double width = Math.max(1, WIDTH * (double) span.duration() / scale.duration()); // at least one pixel
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" rx=\"2\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"0.5\">"
            + "<title>%s: %s, from %s for %s</title></rect>\n",
        x, y, width, LANE, colour(span.name()), Xml.escape(span.lane()), Xml.escape(span.name()),
        Scale.text(span.start() - scale.start()), Scale.text(span.duration()));
  }

  /** Returns the colour of a name, which is the same in every picture. */
  private static String colour(String name) {
    return COLOURS.get(Math.floorMod((name.hashCode() * 0x9E3779B9) >>> 8, COLOURS.size()));
  }
}
