package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.base.Xml;
import dev.heddle.timeline.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the spans of a row, which do not overlap. */
final class SvgRow {
  private static final double LEAST_WIDTH = 1; // pixels of a bar
  private static final double LEAST_OPACITY = 0.15;
  private static final double MARK_WIDTH = 5;
  private static final double LEAST_STEP = 3; // pixels between two marks: others would cover them

  private final SvgView view;
  private final double y;
  private final double height;

  SvgRow(SvgView view, double y, double height) {
    this.view = view;
    this.y = y;
    this.height = height;
  }

  void draw(List<Span> spans) {
    int step = view.budget().densityStep();
    Density density = new Density(view.width() / step, view.palette().legend().size());
    for (Span span : spans) {
      double from = view.x(span.start()) - view.left();
      double width = view.pixels(span.duration());
      if (width >= view.budget().leastWidth()) {
        bar(span, from + view.left(), Math.max(width, LEAST_WIDTH));
      } else {
        density.add(from / step, width / step, view.palette().index(span.kind()));
      }
    }
    density(density, step);
    double last = Double.NEGATIVE_INFINITY;
    for (Span span : spans) { // over the bars, so that none is hidden
      double end = view.x(span.end());
      if (EndingSign.of(span.ending()).isMarked()) {
        if (end - last < LEAST_STEP || !view.budget().takesMark()) {
          view.hidesMark();
        } else {
          last = end;
          mark(span, end);
        }
      }
    }
  }

  /** Draws the runs of one colour and density as one path, which takes a fifth of what rectangles take. */
  private void density(Density density, int step) {
    Map<String, StringBuilder> paths = new LinkedHashMap<>();
    density.draw((from, to, kind, share) -> paths.computeIfAbsent(
        Describe.format("fill=\"%s\" fill-opacity=\"%.2f\"", view.palette().light(kind), Math.max(LEAST_OPACITY, share)),
        _ -> new StringBuilder())
        .append(Describe.format("M%d %.1fh%dv%.1fh-%dz", view.left() + from * step, y, (to - from) * step, height,
            (to - from) * step)));
    paths.forEach((fill, path) -> view.line("<path %s d=\"%s\"/>", fill, path));
  }

  private void bar(Span span, double x, double width) {
    double shown = width > 3 ? width - 0.5 : width; // a gap to the next one
    view.line("<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"%s><title>%s</title></rect>", x, y,
        shown,
        height, view.palette().light(view.palette().index(span.kind())), width > 8 ? " rx=\"2\"" : "", title(span));
  }

  private String title(Span span) {
    EndingSign sign = EndingSign.of(span.ending());
    String ending = sign.isMarked() ? ", " + sign.word() : "";
    return Xml.escape(Cells.printable(span.lane()) + ": " + Cells.printable(span.name())) + ", from " + view.offset(span)
        + " for "
        + Scale.text(span.duration()) + ending;
  }

  // ---- marks of how spans ended ----

  private void mark(Span span, double end) {
    double size = Math.min(MARK_WIDTH, height / 2);
    double middle = y + height / 2;
    String shape = switch (span.ending()) {
      case COMPLETED -> "";
      case FAILED -> path("M%1$.1f %2$.1f L%3$.1f %4$.1f M%1$.1f %4$.1f L%3$.1f %2$.1f", end - 2 * size, middle - size, end,
          middle + size);
      case RETRIED -> path("M%1$.1f %2$.1f A%5$.1f %5$.1f 0 1 1 %3$.1f %2$.1f", end - 2 * size, middle, end, middle, size);
      case CANCELLED -> path("M%1$.1f %4$.1f L%3$.1f %2$.1f", end - 2 * size, y, end, y + height);
      case CRASHED -> path("M%1$.1f %4$.1f L%3$.1f %4$.1f L%5$.1f %2$.1f Z", end - 2 * size, middle - size, end,
          middle + size, end - size);
      case RUNNING ->
        path("M%1$.1f %2$.1f L%3$.1f %5$.1f L%1$.1f %4$.1f", end - size, middle - size, end, middle + size, middle);
    };
    view.line(
        "<path d=\"%s\" fill=\"none\" stroke=\"#000\" stroke-width=\"3.5\"/><path d=\"%s\" fill=\"none\" stroke=\"#fff\""
            + " stroke-width=\"1.5\"><title>%s</title></path>",
        shape, shape, title(span));
  }

  private static String path(String format, Double... values) {
    return String.format(Locale.ROOT, format, (Object[]) values);
  }
}
