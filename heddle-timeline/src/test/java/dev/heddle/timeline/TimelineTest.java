package dev.heddle.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class TimelineTest {
  private static final long MS = 1_000_000;

  private static final Timeline TWO_LANES = Timeline.of(
      List.of(
          new Span("worker-2", "b", 50 * MS, 100 * MS),
          new Span("worker-1", "a", 0, 50 * MS),
          new Span("worker-1", "c", 50 * MS, 75 * MS)));

  @Test
  void text_hasALineForEachLane_inTheOrderOfTheirNames() {
    assertThat(TWO_LANES.toText(20))
        .isEqualTo(
            """
                worker-1 |##########=====     |  75%
                worker-2 |          ##########|  50%
                          0   20 ms   60 ms   100 ms
                """);
  }

  @Test
  void text_showsSpansTooShortForAColumn() {
    Timeline timeline = Timeline.of(List.of(new Span("a", "long", 0, 1000), new Span("b", "short", 999, 999)));

    assertThat(timeline.toText(10)).contains("b |         #|   0%");
  }

  @Test
  void busy_countsWhatOverlapsOnce() {
    Timeline timeline = Timeline.of(
        List.of(
            new Span("a", "outer", 0, 60), new Span("a", "inner", 10, 20), new Span("a", "over", 50, 80),
            new Span("b", "all", 0, 100)));

    assertThat(timeline.busy("a")).isEqualTo(0.8);
    assertThat(timeline.busy("b")).isEqualTo(1);
    assertThatThrownBy(() -> timeline.busy("c")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[a, b]");
  }

  @Test
  void svg_isWellFormed_whateverTheNames() throws Exception {
    Timeline nasty = Timeline.of(List.of(new Span("<lane> & \"co\"", "a\u0000b\uD800<script>", 5, 7)));

    Document svg = parse(nasty.toSvg());

    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<lane> & \"co\": a\\x00b\\ud800<script>, from 0 for 2 ns");
  }

  @Test
  void html_holdsItsDataAndATable_andNothingFromOutside() {
    String page = TWO_LANES.toHtml("Two & two");

    assertThat(page).contains("<title>Two &amp; two</title>", "3 spans in 2 lanes, 100 ms", "default-src 'none'",
        "<td>worker-2</td><td>1</td><td>50 %</td><td>50 ms</td>");
    assertThat(page).doesNotContain("<link rel=\"stylesheet", "src=", "http:", "https:", "@data@");
  }

  @Test
  void html_keepsNamesOutOfItsMarkup() {
    Timeline nasty = Timeline.of(List.of(new Span("</script><b>", "</script><img src=x>", 0, 10)));

    assertThat(nasty.toHtml("</title><script>")).doesNotContain("<b>", "<img", "</title><script>");
  }

  @Test
  void chromeTrace_namesLanes_andCountsMicrosecondsFromTheFirstSpan() {
    Timeline timeline = Timeline.of(List.of(new Span("w \"1\"", "a\\b\n", 5_000, 7_500)));

    assertThat(timeline.toChromeTrace())
        .isEqualTo(
            """
                {"displayTimeUnit":"ms","otherData":{"dropped":0},"traceEvents":[
                {"ph":"M","name":"process_name","pid":1,"args":{"name":"Heddle"}},
                {"ph":"M","name":"thread_name","pid":1,"tid":1,"args":{"name":"w \\"1\\""}},
                {"ph":"M","name":"thread_sort_index","pid":1,"tid":1,"args":{"sort_index":1}},
                {"ph":"X","name":"a\\\\b\\u000a","cat":"a\\\\b\\u000a","pid":1,"tid":1,"ts":0.000,"dur":2.500,"args":{"ending":"completed"}}
                ]}
                """);
  }

  @Test
  void chromeTrace_putsOverlappingSpansOnThreadsOfTheirOwn() {
    Timeline timeline = Timeline
        .of(List.of(new Span("w", "a", 0, 60), new Span("w", "b", 20, 90), new Span("w", "c", 60, 80)));

    assertThat(timeline.toChromeTrace().lines().filter(line -> line.contains("\"X\""))
        .map(line -> line.replaceAll(".*name\":\"(.)\".*tid\":(\\d).*", "$1$2"))).containsExactly("a1", "c1", "b2");
  }

  @Test
  void emptyTimeline_showsItself() throws Exception {
    Timeline empty = Timeline.of(List.of());

    assertThat(empty.duration()).isZero();
    assertThat(empty.toText(10)).isEqualToIgnoringWhitespace("0");
    parse(empty.toSvg());
    assertThat(empty.toHtml("x")).contains("0 spans in 0");
    assertThat(empty.toChromeTrace()).contains("\"traceEvents\":[").doesNotContain("\"X\"");
  }

  @Test
  void save_choosesTheFormByTheName(@TempDir Path folder) throws IOException {
    for (String name : List.of("t.txt", "t.SVG", "t.html", "t.json")) {
      TWO_LANES.save(folder.resolve(name));
    }

    assertThat(Files.readString(folder.resolve("t.SVG"))).startsWith("<svg");
    assertThat(Files.readString(folder.resolve("t.json"))).startsWith("{");
    assertThatThrownBy(() -> TWO_LANES.save(folder.resolve("t.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".txt, .svg, .html or .json");
  }

  @Test
  void wrongValues_areRefused() {
    assertThatThrownBy(() -> new Span("a", "b", 2, 1)).hasMessageContaining("began at 2 and ended at 1");
    assertThatThrownBy(() -> new TimelineRecorder(System::nanoTime, 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> TWO_LANES.toText(9)).hasMessageContaining("at least 10");
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
