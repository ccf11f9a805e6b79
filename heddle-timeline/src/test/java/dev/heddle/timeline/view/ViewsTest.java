package dev.heddle.timeline.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heddle.base.Cells;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Span.Ending;
import dev.heddle.timeline.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the forms show of timelines that are dense, long, overlapping, or have hostile names. */
class ViewsTest {
  private static final long SECOND = 1_000_000_000;
  private static final Pattern RECT = Pattern.compile(
      "<rect x=\"([\\d.]+)\" y=\"[\\d.]+\" width=\"([\\d.]+)\" height=\"[\\d.]+\" fill=\"(#\\w+)\"");
  private static final Pattern PATH = Pattern.compile("<path fill=\"#\\w+\" fill-opacity=\"([\\d.]+)\" d=\"([^\"]+)\"");
  private static final Pattern WIDTH = Pattern.compile("h(\\d+)v");

  /** The area that an SVG picture of one lane colours, in pixels of width. */
  private static double coloured(String svg) {
    double sum = 0;
    Matcher rect = RECT.matcher(svg);
    while (rect.find()) {
      if (!rect.group(3).equals("#fff")) {
        sum += Double.parseDouble(rect.group(2));
      }
    }
    Matcher path = PATH.matcher(svg);
    while (path.find()) {
      double opacity = Double.parseDouble(path.group(1));
      sum += WIDTH.matcher(path.group(2)).results().mapToDouble(run -> opacity * Integer.parseInt(run.group(1))).sum();
    }
    return sum;
  }

  @Test
  void svg_ofABusyLane_isColoured_howeverManySpansThereAre() {
    for (int count : new int[]{100, 1_000, 10_000, 50_000}) {
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        spans.add(new Span("worker", "load", i * 1000L, i * 1000L + 900));
      }
      String svg = SvgView.of(Timeline.of(spans));

      assertThat(coloured(svg) / 900).as("%d spans", count).isCloseTo(0.9, within(0.12));
      assertThat(svg.length()).as("%d spans", count).isLessThan(300_000);
    }
  }

  @Test
  void svg_ofAnIdleLane_staysPale() {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      spans.add(new Span("worker", "load", i * 1000L, i * 1000L + 100));
    }

    assertThat(coloured(SvgView.of(Timeline.of(spans))) / 900).isLessThan(0.2);
  }

  @Test
  void svgAndText_ofVeryManyLanes_sayHowManyAreNotDrawn() {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      spans.add(new Span("task-" + i, "request", i, i + 30));
    }

    assertThat(SvgView.of(Timeline.of(spans))).contains("1800 further lanes are not drawn").hasSizeLessThan(400_000);
    assertThat(TextView.of(Timeline.of(spans), 80)).contains("\n1000 further lanes are not drawn").hasSizeLessThan(200_000);
    assertThat(TextView.of(Timeline.of(spans.subList(0, 1_001)), 80)).contains("\n1 further lane is not drawn");
  }

  @Test
  void svg_ofVeryManySpansAtOnce_andMarks_isBounded_andSaysWhatIsLeftOut() {
    List<Span> atOnce = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      atOnce.add(new Span("loop", "request-" + i, "request", i, 100_000 + i, Ending.CANCELLED));
    }
    assertThat(SvgView.of(Timeline.of(atOnce)))
        .contains("4960 further spans of lanes with more than 40 at once are not drawn")
        .hasSizeLessThan(100_000);
    List<Span> failed = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      failed.add(new Span("worker", "load", "load", i * 10L, i * 10L + 9, Ending.FAILED));
    }
    String svg = SvgView.of(Timeline.of(failed));
    assertThat(svg).containsPattern("✕ failed; 49\\d\\d\\d marks that would cover others are not drawn")
        .hasSizeLessThan(300_000);
    List<Span> stacked = new ArrayList<>();
    for (int i = 0; i < 30 * 40; i++) {
      stacked.add(new Span("lane-" + i % 30, "x", 0, 10));
    }
    assertThat(SvgView.of(Timeline.of(stacked))).contains("20 further lanes are not drawn");
  }

  @Test
  void svg_ofManyLanes_isBounded() {
    Random random = new Random(7);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      spans.add(new Span("lane-" + i % 100, "kind" + (char) ('a' + i % 7), i * 10L, i * 10L + random.nextInt(2_000)));
    }

    assertThat(SvgView.of(Timeline.of(spans))).hasSizeLessThan(800_000);
  }

  @Test
  void text_ofSpansThatOverlap_hasThemBelowEachOther() {
    assertThat(TextView.of(Timeline.of(
        List.of(new Span("a", "x", 0, 10), new Span("a", "y", 5, 10), new Span("b", "z", 0, 5))), 10)).startsWith("""
            a |##########| 100%
              |     #####|
            b |#####     |  50%
            """);
    List<Span> atOnce = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      atOnce.add(new Span("a", "x", i, 100));
    }
    assertThat(TextView.of(Timeline.of(atOnce), 10)).contains("(up to 12 at once; 4 spans not drawn)");
  }

  @Test
  void names_haveNoControlCharactersInAnyForm_butAreReadable() {
    Span nasty = new Span("lane\u001b[0m", "n\u202ea\u0000me", "kind\u0007", 0, 10, Ending.FAILED);
    Timeline timeline = Timeline.of(List.of(nasty));

    for (String form : List.of(TextView.of(timeline, 10), SvgView.of(timeline), ChromeTrace.of(timeline),
        HtmlView.of(timeline, "title\u001b", "notes\u001b\nand more"))) {
      assertThat(form.codePoints().filter(c -> (c != '\n' && c < ' ') || c == 0x202e)).isEmpty();
      assertThat(form).contains("lane");
    }
    assertThat(HtmlView.of(timeline, "x", "a <b>\nc")).contains("a &lt;b&gt;\nc");
  }

  @Test
  void endings_haveOneWordInAllForms() {
    Timeline timeline = Timeline.of(List.of(new Span("a", "x", "x", 0, 10, Ending.RETRIED)));
    for (String form : List.of(TextView.of(timeline, 10), SvgView.of(timeline), ChromeTrace.of(timeline))) {
      assertThat(form).contains("retried").doesNotContain("tried again");
    }
  }

  @Test
  void lanes_areInTheOrderOfTheirNumbers() {
    List<Span> spans = List.of(new Span("w-10", "x", 0, 1), new Span("w-9", "x", 1, 2), new Span("w-2", "x", 2, 3));

    assertThat(Timeline.of(spans).lanes().keySet()).containsExactly("w-2", "w-9", "w-10");
  }

  @Test
  void rows_haveNoOverlaps_andAsManyRowsAsSpansAtOnce() {
    Random random = new Random(7);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long start = random.nextInt(1000);
      spans.add(new Span("lane", "x", start, start + random.nextInt(50)));
    }
    List<Span> sorted = Timeline.of(spans).lanes().values().iterator().next();
    Rows rows = Rows.of(sorted);
    int most = sorted.stream().mapToInt(
        at -> (int) sorted.stream().filter(each -> each.start() <= at.start() && each.end() > at.start()).count()).max()
        .orElse(0);

    for (List<Span> row : rows.lists()) {
      for (int i = 1; i < row.size(); i++) {
        assertThat(row.get(i).start()).isGreaterThanOrEqualTo(row.get(i - 1).end());
      }
    }
    assertThat(rows.lists().stream().mapToInt(List::size).sum()).isEqualTo(500);
    assertThat(rows.lists().size()).isBetween(most - 1, most + 1); // spans of no length share a start
  }

  @Test
  void text_isSafeForATerminal_andItsBarsBeginInOneColumn() {
    Timeline nasty = Timeline.of(
        List.of(
            new Span("plain", "x", 0, 10), new Span("日本語", "x", 1, 9), new Span("a\nb", "x", 2, 8),
            new Span("\u001b]0;PWNED\u0007esc", "x", 3, 7), new Span("🚀 rocket", "x", 4, 6),
            new Span("\u202eevil", "x", 4, 6)));

    List<String> lines = TextView.of(nasty, 20).lines().toList();

    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 6)).allSatisfy(line -> {
      assertThat(line.chars()).noneMatch(Character::isISOControl);
      assertThat(Cells.width(line.substring(0, line.indexOf('|')))).isEqualTo(20);
    });
  }

  @Test
  void text_marksHowSpansEnded() {
    List<Span> spans = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      spans.add(new Span(ending.name(), "x", "x", 0, 10, ending));
    }

    assertThat(TextView.of(Timeline.of(spans), 10)).contains("COMPLETED |##########|", "FAILED    |#########!|",
        "CANCELLED |#########/|", "CRASHED   |#########X|", "RUNNING   |#########>|", "! failed", "> still running");
  }

  @Test
  void save_replacesALoneSurrogate_inEveryForm(@TempDir Path folder) throws Exception {
    for (String name : List.of("t.txt", "t.svg", "t.html", "t.json")) {
      Timeline.of(List.of(new Span("lone \ud83d", "x", 0, 1))).save(folder.resolve(name));
      assertThat(Files.size(folder.resolve(name))).isPositive();
    }
  }

  @Test
  void save_titlesAPageWithTheFilesName(@TempDir Path folder) throws Exception {
    Timeline timeline = Timeline.of(List.of(new Span("a", "x", 0, 1)));
    timeline.save(folder.resolve("nightly.html"));
    timeline.save(folder.resolve("other.html"), "The night");

    assertThat(folder.resolve("nightly.html")).content().contains("<title>nightly</title>");
    assertThat(folder.resolve("other.html")).content().contains("<title>The night</title>");
  }

  @Test
  void times_areReadInUnitsFromNanosecondsToDays() {
    assertThat(List.of(1L, 1_500L, 999_600L, 2 * SECOND, 90 * SECOND, 3600 * SECOND, 93_600 * SECOND, 40 * 86_400 * SECOND))
        .extracting(Scale::text)
        .containsExactly("1 ns", "1.5 µs", "1 ms", "2 s", "1 min 30 s", "1 h", "26 h", "40 d");
    assertThat(new Scale(0, 26 * 3600 * SECOND).ticks()).extracting(Scale::text).containsExactly("0", "6 h", "12 h", "18 h",
        "24 h");
  }
}
