package dev.heddle.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Span.Ending;
import dev.heddle.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a timeline in a real browser. */
@Timeout(180)
class TimelinePageTest {
  private static final long MS = 1_000_000;

  /** Two workers: the second one's task overlaps another, a task failed, and one still runs. */
  private static final Timeline KNOWN = Timeline.of(
      List.of(
          new Span("worker-1", "load-1", "load", 0, 40 * MS, Ending.COMPLETED),
          new Span("worker-1", "parse-1", "parse", 50 * MS, 100 * MS, Ending.FAILED),
          new Span("worker-2", "load-2", "load", 10 * MS, 60 * MS, Ending.COMPLETED),
          new Span("worker-2", "save-2", "save", 30 * MS, 100 * MS, Ending.RUNNING)));

  @TempDir
  private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(folder.resolve("profile"));
  }

  @AfterAll
  static void end() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(Timeline timeline, String notes) throws IOException {
    Path file = folder.resolve("page.html");
    Files.writeString(file, timeline.toHtml("A known timeline", notes));
    browser.size(1280, 900, false);
    browser.scheme("light");
    browser.open(file, "window.timeline && timeline.data");
    browser.drawn();
  }

  /** The colour of a pixel of the chart, in a row at a time. */
  private static String color(int row, long millis) {
    return browser.text("(() => { const t = timeline, p = devicePixelRatio, d = t.g.getImageData(t.x(" + millis * MS
        + ") * p, (t.tops[" + row + "] - t.scroll.scrollTop + 3) * p, 1, 1).data;"
        + " return d[3] ? '#' + [...d.slice(0, 3)].map(c => c.toString(16).padStart(2, '0')).join('') : 'none'; })()");
  }

  private static double chart(String side) {
    return browser.number("timeline.canvas.getBoundingClientRect()." + side);
  }

  private static void hover(int row, long millis) {
    browser.mouse("mouseMoved", chart("left") + browser.number("timeline.x(" + millis * MS + ")"),
        chart("top") + browser.number("timeline.tops[" + row + "] + 4"));
    browser.drawn();
  }

  @Test
  void spans_areDrawnInTheirRows_stackedWhereTheyOverlap() throws IOException {
    open(KNOWN, "");

    String load = browser.text("timeline.colors.spans[0]");
    assertThat(browser.text("timeline.data.kinds.join()")).isEqualTo("load,parse,save");
    assertThat(browser.number("timeline.data.rows.length")).isEqualTo(3);
    assertThat(List.of(color(0, 20), color(1, 20), color(0, 45), color(2, 15)))
        .containsExactly(load, load, "none", "none");
    assertThat(List.of(color(0, 70), color(2, 50)))
        .containsExactly(browser.text("timeline.colors.spans[1]"), browser.text("timeline.colors.spans[2]"));
    assertThat(browser.text("document.getElementById('legend').innerText")).contains("load", "parse", "save", "✕ failed",
        "▶ still running").doesNotContain("crashed");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void hover_showsTheSpan_andClickKeepsItsDetails() throws IOException {
    open(KNOWN, "");

    hover(0, 70);
    assertThat(browser.text("timeline.tip.hidden")).isEqualTo("false");
    assertThat(browser.text("timeline.tip.textContent")).isEqualTo("parse-1\n50 ms from 50 ms, failed\nworker-1");
    browser.click(chart("left") + browser.number("timeline.x(" + 70 * MS + ")"),
        chart("top") + browser.number("timeline.tops[2] + 4"));
    assertThat(browser.text("timeline.details.textContent")).isEqualTo("save-2\n70 ms from 30 ms, still running\nworker-2");
    hover(0, 45);
    assertThat(browser.text("timeline.tip.hidden")).isEqualTo("true");
  }

  @Test
  void wheelDragAndKeys_zoomAndMove_withinTheTimeline() throws IOException {
    open(KNOWN, "");

    assertThat(browser.text("timeline.range.textContent")).isEqualTo("0 – 100 ms of 100 ms");
    double before = browser.number("timeline.time(600)");
    browser.wheel(chart("left") + 600, chart("top") + 40, -400);
    double shown = browser.number("timeline.view.to - timeline.view.from");
    assertThat(shown).isLessThan(70.0 * MS);
    assertThat(browser.number("timeline.time(600)")).as("the time under the pointer").isBetween(before - MS, before + MS);
    double from = browser.number("timeline.view.from");
    browser.drag(chart("left") + 600, chart("left") + 500, chart("top") + 40);
    assertThat(browser.number("timeline.view.from")).isGreaterThan(from);
    browser.drag(chart("left") + 100, chart("left") + 1200, chart("top") + 40);
    browser.drag(chart("left") + 100, chart("left") + 1200, chart("top") + 40);
    assertThat(browser.number("timeline.view.from")).isZero();
    browser.key("0");
    assertThat(browser.number("timeline.view.to")).isEqualTo(100.0 * MS);
    browser.key("+");
    assertThat(browser.number("timeline.view.to - timeline.view.from")).isEqualTo(50.0 * MS);
    browser.key("ArrowRight");
    assertThat(browser.number("timeline.view.from")).isEqualTo(35.0 * MS);
    double map = browser.number("timeline.map.getBoundingClientRect().top");
    browser.click(chart("left") + 5, map + 10);
    assertThat(browser.number("timeline.view.from")).as("after a click at the start of the overview").isZero();
  }

  @Test
  void search_marksMatches_andGoesFromOneToTheNext() throws IOException {
    open(KNOWN, "");

    browser.key("/");
    for (String letter : List.of("L", "o", "a", "d")) {
      browser.key(letter);
    }
    assertThat(browser.text("timeline.count.textContent")).isEqualTo("2 spans");
    assertThat(color(0, 70)).isEqualTo(browser.text("timeline.colors.faint"));
    browser.key("Enter");
    assertThat(browser.text("timeline.details.textContent")).startsWith("load-1");
    browser.key("Enter");
    assertThat(browser.text("timeline.details.textContent")).startsWith("load-2");
    browser.key("Escape");
    assertThat(browser.text("timeline.count.textContent")).isEmpty();
  }

  @Test
  void phoneAndDesktop_lightAndDark_fitAndHaveNoViolations() throws IOException {
    open(KNOWN,
        "report of the run: a long line that is wider than the screen of a phone is scrolled in its own box, not the page");
    browser.evaluate(Axe.script());

    for (int width : new int[]{390, 1280}) {
      browser.size(width, 844, width == 390);
      for (String scheme : List.of("light", "dark")) {
        browser.scheme(scheme);
        assertThat(browser.number("document.documentElement.scrollWidth")).as("%s at %d", scheme, width)
            .isLessThanOrEqualTo(width);
        assertThat(color(0, 20)).isEqualTo(browser.text("timeline.data." + scheme + "[0]"));
        assertThat(Axe.violations(browser)).as("%s at %d", scheme, width).isEmpty();
      }
    }
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void namesThatAreCode_areText() throws IOException {
    String attack = "</script><script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">";
    open(Timeline.of(List.of(new Span(attack, attack + "\u202e\u0007", 0, 10), new Span("'\"`${1}", "\ud83d", 2, 4))),
        attack);

    hover(1, 0);
    browser.evaluate("timeline.select(timeline.data.names.findIndex(n => n[0].includes('img')))");
    assertThat(browser.text("document.title")).isEqualTo("A known timeline");
    assertThat(browser.number("document.images.length")).isZero();
    assertThat(browser.text("timeline.details.textContent")).contains("<img", "\\u202e\\x07");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void lanesThatAreBusyBelowAPixel_areColoured() throws IOException {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      spans.add(new Span("busy", "load", i * 1000L, i * 1000L + 900));
      if (i % 10 == 0) {
        spans.add(new Span("idle", "load", i * 1000L, i * 1000L + 500));
      }
    }
    open(Timeline.of(spans), "");

    String opacity = "timeline.g.getImageData(600, timeline.tops[%d] + 3, 1, 1).data[3]";
    assertThat(browser.number(opacity.formatted(0))).isGreaterThan(200);
    assertThat(browser.number(opacity.formatted(1))).isBetween(20.0, 100.0);
  }

  /** Measures, and prints: no time decides. */
  @Test
  void twoHundredThousandSpans_openAndMove() throws IOException {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      long start = i / 16 * 1_000L + i % 7 * 100L;
      spans.add(new Span("worker-" + i % 16, "resize(photo-" + i % 50 + ".png)", start, start + 300 + i % 1_500));
    }
    Timeline timeline = Timeline.of(spans);
    Path file = folder.resolve("large.html");
    timeline.save(file);
    browser.size(1280, 900, false);

    browser.open(file, "window.timeline && timeline.data.count === 200000");
    double opened = browser.number("performance.now()");
    double frames = browser.number("new Promise(done => { let n = 0; const t = performance.now(); timeline.zoom(0.2);"
        + " const step = () => { timeline.pan(n % 20 < 10 ? 0.02 : -0.02); n++; const took = performance.now() - t;"
        + " took > 1500 ? done(n * 1000 / took) : requestAnimationFrame(step); }; requestAnimationFrame(step); })");

    double drawn = browser
        .number("Math.min(...Array.from({length: 20}, () => { const t = performance.now(); timeline.draw();"
            + " return performance.now() - t; }))");

    System.out.printf(
        "200,000 spans: %,d bytes, opened after %.0f ms, %.0f frames/s while it moves, a frame is drawn in %.1f ms%n",
        Files.size(file), opened, frames, drawn);
    assertThat(Files.size(file)).isLessThan(5_000_000);
    assertThat(frames).isPositive();
  }
}
