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
  void text_hasALineForEachLane_inTheOrderOfTheirBeginning() {
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
        .isEqualTo("<lane> & \"co\": a?b?<script>, from 0 for 2 ns");
  }

  @Test
  void html_holdsThePictureAndATable() throws Exception {
    String page = TWO_LANES.toHtml("Two & two");

    assertThat(page).contains("<title>Two &amp; two</title>", "<svg ",
        "<td>worker-2</td><td>1</td><td>50 %</td><td>50 ms</td>");
    assertThat(page).doesNotContain("<script", "<link", "src=");
  }

  @Test
  void chromeTrace_namesLanes_andCountsMicrosecondsFromTheFirstSpan() {
    Timeline timeline = Timeline.of(List.of(new Span("w \"1\"", "a\\b\n", 5_000, 7_500)));

    assertThat(timeline.toChromeTrace())
        .isEqualTo(
            """
                {"displayTimeUnit":"ms","traceEvents":[
                {"ph":"M","name":"thread_name","pid":1,"tid":1,"args":{"name":"w \\"1\\""}},
                {"ph":"X","name":"a\\\\b\\u000a","pid":1,"tid":1,"ts":0.000,"dur":2.500}
                ]}
                """);
  }

  @Test
  void emptyTimeline_showsItself() throws Exception {
    Timeline empty = Timeline.of(List.of());

    assertThat(empty.duration()).isZero();
    assertThat(empty.toText(10)).isEqualToIgnoringWhitespace("0");
    parse(empty.toSvg());
    assertThat(empty.toHtml("x")).contains("0 spans in 0");
    assertThat(empty.toChromeTrace()).contains("\"traceEvents\":[\n]");
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
  void recorder_keepsUpToItsLimit_andCountsTheRest() {
    long[] time = {0};
    TimelineRecorder recorder = new TimelineRecorder(() -> time[0], 2);
    for (int i = 0; i < 5; i++) {
      long start = recorder.now();
      time[0] += 10;
      recorder.add("lane", "step " + i, start);
    }

    Timeline timeline = recorder.timeline();

    assertThat(timeline.spans()).containsExactly(new Span("lane", "step 0", 0, 10), new Span("lane", "step 1", 10, 20));
    assertThat(timeline.dropped()).isEqualTo(3);
    assertThat(timeline.toText(10)).contains("3 further spans were dropped");
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
