package dev.heddle.cli.bench;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.cli.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats the figures of a bench run as a table and as JSON. */
final class BenchReport {
  private static final List<String> HEAD = List.of("area", "case", "heddle", "peer", "peer's name", "unit", "ratio");
  private static final List<Integer> FIGURES = List.of(2, 3, 6); // right-aligned

  private BenchReport() {}

  /** Returns the lines of a table whose columns are as wide as their widest cell. */
  static List<String> table(List<Figure> rows) {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    for (Figure row : rows) {
      lines.add(
          List.of(
              row.area(), row.name(), figure(row.heddle()), figure(row.peer()), row.peerName(), row.unit(),
              Double.isFinite(row.ratio()) ? "%.2f×".formatted(row.ratio()) : "-"));
    }
    int[] widths = IntStream.range(0, HEAD.size())
        .map(column -> lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
        .toArray();
    return lines.stream().map(line -> row(line, widths)).toList();
  }

  private static String row(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column -> ("%" + (FIGURES.contains(column) ? "" : "-") + widths[column] + "s").formatted(cells.get(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** Formats a figure with four significant digits and without an exponent; a missing figure is a dash. */
  static String figure(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    int decimals = value == 0 ? 0 : Math.clamp((int) (3 - Math.floor(Math.log10(Math.abs(value)))), 0, 6);
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Returns a JSON object with the facts of the run, and one object for each row; a missing figure is null. */
  static String json(List<Figure> rows, Map<String, String> facts) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("facts", facts);
    report.put("figures", rows.stream().map(BenchReport::object).toList());
    return JsonText.of(report) + "\n";
  }

  private static Map<String, Object> object(Figure row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("area", row.area());
    object.put("case", row.name());
    object.put("heddle", row.heddle());
    object.put("peer", row.peer());
    object.put("peerName", row.peerName());
    object.put("unit", row.unit());
    object.put("ratio", row.ratio());
    object.put("firstQuartile", row.quartile(0.25));
    object.put("thirdQuartile", row.quartile(0.75));
    object.put("ratios", row.ratios());
    return object;
  }
}
