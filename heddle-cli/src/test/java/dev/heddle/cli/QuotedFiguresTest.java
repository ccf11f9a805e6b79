package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Figures that documents quote with a mark are in a result file of docs/figures: {@code 1.9x<!-- bench: AREA, CASE -->}, with a
 * multiplication sign in place of the x, quotes the ratio of that case.
 */
final class QuotedFiguresTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern QUOTE = Pattern.compile("([\\d.]+)×<!-- bench: (\\w+), (.+?) -->");

  @Test
  void quotedRatios_areThoseOfAResultFile() throws IOException, JsonParserException {
    Map<String, List<Double>> ratios = ratios();
    List<String> unknown = new ArrayList<>();
    for (Path document : documents()) {
      QUOTE.matcher(Files.readString(document)).results()
          .filter(quote -> !isIn(ratios.getOrDefault(quote.group(2) + ", " + quote.group(3), List.of()), quote.group(1)))
          .forEach(quote -> unknown.add(document + ": " + quote.group()));
    }
    assertThat(unknown).as("Quoted figures that no file of docs/figures has").isEmpty();
  }

  @Test
  void ratio_isQuotedWithAnyNumberOfDecimals() {
    assertThat(isIn(List.of(1.948), "1.9")).isTrue();
    assertThat(isIn(List.of(1.948), "1.95")).isTrue();
    assertThat(isIn(List.of(1.948), "2")).isTrue();
    assertThat(isIn(List.of(1.948), "1.8")).isFalse();
  }

  private static boolean isIn(List<Double> ratios, String quoted) {
    int decimals = quoted.contains(".") ? quoted.length() - quoted.indexOf('.') - 1 : 0;
    return ratios.stream().anyMatch(ratio -> ("%." + decimals + "f").formatted(ratio).equals(quoted));
  }

  /** Returns the ratios of each case in all result files. */
  private static Map<String, List<Double>> ratios() throws IOException, JsonParserException {
    Map<String, List<Double>> ratios = new TreeMap<>();
    Path figures = DOCS.resolve("figures");
    if (Files.isDirectory(figures)) {
      try (Stream<Path> files = Files.list(figures)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
          JsonArray rows = JsonParser.object().from(Files.readString(file)).getArray("figures");
          for (Object row : rows) {
            JsonObject figure = (JsonObject) row;
            ratios.computeIfAbsent(figure.getString("area") + ", " + figure.getString("case"), _ -> new ArrayList<>())
                .add(figure.getDouble("ratio"));
          }
        }
      }
    }
    return ratios;
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(List.of(Path.of("../README.md"), Path.of("../README.ko.md")));
    try (Stream<Path> files = Files.walk(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
    }
    return found;
  }
}
