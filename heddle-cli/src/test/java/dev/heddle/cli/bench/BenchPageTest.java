package dev.heddle.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.cli.browser.Axe;
import dev.heddle.cli.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BenchPageTest {
  private static final List<Figure> FIGURES = List.of(
      new Figure("futures", "half", 50, 100, "peer", "ns", 0.5, List.of(0.25, 0.5, 1.0)),
      new Figure("futures", "<b>twice</b>", 200, 100, "peer", "ns", 2, List.of(2.0, 2.0, 2.0)),
      new Figure("futures", "alone", 7, Double.NaN, "-", "MiB", Double.NaN));
  private static final Pattern BAR = Pattern
      .compile("<rect class=\"(less|more)\" x=\"([\\d.]+)\" y=\"\\d+\" width=\"([\\d.]+)\"");

  @Test
  void quartile_isBetweenTheNearestPairs() {
    assertThat(FIGURES.getFirst().quartile(0.25)).isEqualTo(0.375);
    assertThat(FIGURES.getFirst().quartile(1)).isEqualTo(1);
    assertThat(FIGURES.getLast().quartile(0.5)).isNaN();
  }

  @Test
  void bars_areOnALogarithmicScale_toBothSidesOfOne() {
    Matcher bar = BAR.matcher(BenchPicture.of(FIGURES));

    assertThat(bar.find()).isTrue();
    double one = Double.parseDouble(bar.group(2)) + Double.parseDouble(bar.group(3));
    double width = Double.parseDouble(bar.group(3));
    assertThat(bar.group(1)).isEqualTo("less");
    assertThat(bar.find()).isTrue();
    assertThat(bar.group(1)).isEqualTo("more");
    assertThat(Double.parseDouble(bar.group(2))).isEqualTo(one);
    assertThat(Double.parseDouble(bar.group(3))).isEqualTo(width);
    assertThat(bar.find()).as("a figure without a peer has no bar").isFalse();
  }

  @Test
  void page_hasTheFacts_theFiguresWithTheirSpread_andEscapesNames() {
    String page = BenchPage.of(FIGURES, Map.of("machine", "Linux & co", "command", "heddle bench futures"));

    assertThat(page).contains("<dd>Linux &amp; co</dd>", "<dd>heddle bench futures</dd>", "0.50× (0.38 to 0.75)",
        "&lt;b&gt;twice&lt;/b&gt;", "<td>alone</td>").doesNotContain("<b>");
  }

  @Test
  void page_inABrowser_fits_andHasNoViolations(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bench.html");
    Files.writeString(file, BenchPage.of(FIGURES, Map.of("machine", "a machine")));

    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.open(file, "document.querySelector('svg')");
      browser.evaluate(Axe.script());
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[]{390, 1280}) {
          browser.size(width, 844, width == 390);
          browser.scheme(scheme);
          assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
          assertThat(Axe.violations(browser)).as(scheme + " " + width).isEmpty();
        }
      }
      assertThat(browser.problems()).isEmpty();
    }
  }
}
