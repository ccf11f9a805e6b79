package dev.heddle.asyncio;

import dev.heddle.asyncio.Timeline.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A timeline as text, as JSON and as a picture. */
final class TimelineWriter {
  private static final int WIDTH = 1000;
  private static final int ROW = 26;

  /** Colours that can be told apart on white, also by most who see colours differently. */
  private static final List<String> COLORS =
      List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6d31", "#666666");

  private TimelineWriter() {}

  private static long zero(List<Span> spans) {
    return spans.stream().mapToLong(Span::begin).min().orElse(0);
  }

  /** The lanes in the order of their first spans, numbered from 0. */
  private static Map<String, Integer> lanes(List<Span> spans) {
    Map<String, Integer> lanes = new LinkedHashMap<>();
    spans.forEach(span -> lanes.putIfAbsent(span.lane(), lanes.size()));
    return lanes;
  }

  static String text(List<Span> spans) {
    long zero = zero(spans);
    int width = Math.max(1, spans.stream().mapToInt(span -> span.lane().length()).max().orElse(1));
    StringBuilder text = new StringBuilder();
    for (Span span : spans) {
      text.append(
          format(
              "%12.3f ms %9.3f ms  %-" + width + "s  %s\n",
              (span.begin() - zero) / 1e6, (span.end() - span.begin()) / 1e6, span.lane(), span.what()));
    }
    return text.toString();
  }

  static String chromeTrace(List<Span> spans) {
    long zero = zero(spans);
    Map<String, Integer> lanes = lanes(spans);
    StringBuilder json = new StringBuilder("{\"traceEvents\":[");
    lanes.forEach(
        (lane, number) ->
            json.append(
                format(
                    "\n{\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"name\":\"thread_name\",\"args\":{\"name\":%s}},",
                    number, quoted(lane))));
    for (Span span : spans) {
      json.append(
          format(
              "\n{\"ph\":\"X\",\"pid\":1,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f,\"name\":%s},",
              lanes.getOrDefault(span.lane(), 0), (span.begin() - zero) / 1e3, (span.end() - span.begin()) / 1e3,
              quoted(span.what())));
    }
    if (json.charAt(json.length() - 1) == ',') {
      json.setLength(json.length() - 1);
    }
    return json.append("\n]}\n").toString();
  }

  static String svg(List<Span> spans) {
    Map<String, Integer> lanes = lanes(spans);
    long zero = zero(spans);
    long end = spans.stream().mapToLong(Span::end).max().orElse(1);
    double scale = WIDTH / (double) Math.max(1, end - zero);
    int left = 20 + 7 * lanes.keySet().stream().mapToInt(String::length).max().orElse(0);
    int height = lanes.size() * ROW + 30;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n",
            left + WIDTH + 20, height));
    lanes.forEach(
        (lane, row) ->
            svg.append(
                format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                        + "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>\n",
                    left - 8, row * ROW + 17, escaped(lane), left, (row + 1) * ROW, left + WIDTH, (row + 1) * ROW)));
    for (Span span : spans) {
      int row = lanes.getOrDefault(span.lane(), 0);
      svg.append(
          format(
              "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"><title>%s: %s, %.3f ms</title></rect>\n",
              left + (span.begin() - zero) * scale, row * ROW + 5, Math.max(0.5, (span.end() - span.begin()) * scale),
              ROW - 10, COLORS.get(row % COLORS.size()), escaped(span.lane()), escaped(span.what()),
              (span.end() - span.begin()) / 1e6));
    }
    svg.append(format("<text x=\"%d\" y=\"%d\">0</text>", left, height - 8));
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.3f ms</text>\n</svg>\n", left + WIDTH, height - 8, (end - zero) / 1e6));
    return svg.toString();
  }

  static String html(String title, List<Span> spans) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
        + "</title></head>\n<body style=\"font-family: sans-serif\">\n<h1>" + escaped(title) + "</h1>\n" + svg(spans)
        + "<details><summary>As text</summary><pre>" + escaped(text(spans)) + "</pre></details>\n</body></html>\n";
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> {
                  if (c < ' ') {
                    json.append(format("\\u%04x", c));
                  } else {
                    json.append((char) c);
                  }
                }
              }
            });
    return json.append('"').toString();
  }
}
