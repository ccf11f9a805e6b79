package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.heddle.base.Describe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The figures of documents are those of the result file docs/figures/bench.json: {@code 1.9x<!-- bench: AREA / CASE / PEER -->},
 * with a multiplication sign in place of the x, quotes a ratio, {@code 76 ns<!-- bench: AREA / CASE -->} a figure of Heddle. With
 * {@code -Dfigures.update} the documents are given those of the file. A dash stands for a figure of an area that was not measured, or
 * without its peer.
 */
final class QuotedFiguresTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Path RESULTS = CHECKOUT.resolve("docs/figures/bench.json");
  private static final String MARK = "<!-- bench: ";
  private static final Pattern QUOTE = Pattern.compile("(–|[\\d.,]+(?:×| (?:ns|µs|ms|s|B)))" + MARK + "(.+?) -->");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`");
  private static final Pattern MEASURED = Pattern.compile(
      "\\d ?(?:×|ns\\b|µs\\b|ms\\b)(?!" + MARK + ")|\\btimes (?:as|slower|faster|longer|more|less)\\b"
          + "|(?:nano|micro)seconds?\\b");

  // ---- marked figures ----

  @Test
  void markedFigures_areThoseOfTheResultFile() throws IOException, JsonParserException {
    Figures figures = figures();
    List<String> wrong = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      assertThat(QUOTE.matcher(text).results()).as("%s: figures before their marks", document)
          .hasSize(text.split(MARK, -1).length - 1);
      String right = QUOTE.matcher(text)
          .replaceAll(quote -> figures.of(quote.group(2)) + MARK + quote.group(2) + " -->");
      if (System.getProperty("figures.update") != null && !right.equals(text)) {
        Files.writeString(document, right);
      } else if (!right.equals(text)) {
        QUOTE.matcher(text).results().filter(quote -> !quote.group(1).equals(figures.of(quote.group(2))))
            .forEach(quote -> wrong.add(document + ": " + quote.group() + " is " + figures.of(quote.group(2))));
      }
    }
    assertThat(wrong).as("Figures that are not in " + RESULTS + "; -Dfigures.update corrects them").isEmpty();
  }

  @Test
  void figures_haveTwoDigits() {
    assertThat(List.of(ratio(0.0512), ratio(0.4), ratio(1.948), ratio(12.34))).containsExactly("0.05×", "0.4×", "1.9×",
        "12×");
    assertThat(
        List.of(amount(4.26, "ns"), amount(1234, "ns/item"), amount(1.5, "us"), amount(83.2, "ms"), amount(271.4, "B")))
        .containsExactly("4.3 ns", "1.2 µs", "1.5 µs", "83 ms", "271 B");
  }

  private static String ratio(double value) {
    return digits(value) + "×";
  }

  private static String amount(double value, String unit) {
    List<String> units = List.of("ns", "µs", "ms", "s");
    int at = units.indexOf(unit.split("/")[0].replace("us", "µs"));
    double scaled = value;
    while (at >= 0 && at < units.size() - 1 && scaled >= 1_000) {
      scaled /= 1_000;
      at++;
    }
    return digits(scaled) + " " + (at < 0 ? unit : units.get(at));
  }

  private static String digits(double value) {
    return Describe.format(value < 0.095 ? "%.2f" : value < 9.95 ? "%.1f" : "%.0f", value);
  }

  /** The figures of a run as they are quoted, by what stands in their marks. */
  private record Figures(Set<String> areas, Map<String, String> texts) {

    /** Returns the text of a figure; a dash if it was not measured, and what is wrong with a mark that is of no case. */
    String of(String mark) {
      String text = texts.get(mark);
      return text != null ? text : areas.contains(mark.split(" / ")[0]) ? "(there is no such case)" : "–";
    }
  }

  private static Figures figures() throws IOException, JsonParserException {
    Set<String> areas = new HashSet<>();
    Map<String, String> texts = new HashMap<>();
    for (Object row : JsonParser.object().from(Files.readString(RESULTS)).getArray("figures")) {
      JsonObject figure = (JsonObject) row;
      areas.add(figure.getString("area"));
      String name = figure.getString("area") + " / " + figure.getString("case");
      texts.putIfAbsent(name, amount(figure.getDouble("heddle"), figure.getString("unit")));
      texts.put(name + " / " + figure.getString("peerName"),
          figure.isNumber("ratio") ? ratio(figure.getDouble("ratio")) : "–");
    }
    return new Figures(areas, texts);
  }

  // ---- others ----

  /** Those that are set, or measured otherwise, are listed with the reason. */
  @Test
  void otherFigures_areListedWithTheirReason() throws IOException {
    List<Listed> listed = listed();
    Set<Listed> used = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (Path document : documents()) {
      String name = CHECKOUT.relativize(document).toString();
      String text = CODE.matcher(Files.readString(document)).replaceAll(QuotedFiguresTest::blank).replaceAll("[ \\n]+", " ");
      for (MatchResult found : MEASURED.matcher(text).results().toList()) {
        Listed reason = listed.stream().filter(each -> each.covers(name, text, found)).findFirst().orElse(null);
        if (reason == null) {
          unknown.add(name + ": …" + text.substring(Math.max(0, found.start() - 50), found.end()));
        } else {
          used.add(reason);
        }
      }
    }
    assertThat(unknown).as("Measured figures without a mark, and not in documented-figures.txt").isEmpty();
    assertThat(listed).as("documented-figures.txt").allMatch(used::contains);
  }

  private static String blank(MatchResult code) {
    return "`".repeat(code.group().length());
  }

  /** A passage whose figures need no mark. */
  private record Listed(String document, String passage) {
    boolean covers(String name, String text, MatchResult figure) {
      int at = document.equals(name) ? text.indexOf(passage) : -1;
      while (at >= 0 && !(at <= figure.start() && figure.end() <= at + passage.length())) {
        at = text.indexOf(passage, at + 1);
      }
      return at >= 0;
    }
  }

  private static List<Listed> listed() throws IOException {
    List<Listed> listed = new ArrayList<>();
    String document = "";
    for (String line : resource("documented-figures.txt").lines().filter(each -> !each.isBlank()).toList()) {
      if (line.startsWith("= ")) {
        document = line.substring(2);
      } else if (!line.startsWith("#")) {
        listed.add(new Listed(document, line));
      }
    }
    return listed;
  }

  private static String resource(String name) throws IOException {
    try (@Nullable
    InputStream in = QuotedFiguresTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** All but the decisions, which say what was known at their time. */
  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(Arrays.asList(CHECKOUT.resolve("README.md"), CHECKOUT.resolve("README.ko.md")));
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/adr/")).sorted()
          .forEach(found::add);
    }
    return found;
  }
}
