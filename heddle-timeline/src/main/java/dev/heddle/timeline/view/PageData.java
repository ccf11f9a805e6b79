package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The data of the HTML page: the length of a JSON document, the document, and for each lane the number of its spans and, for
 * each span, the differences of the starts, the duration, name and ending in one number, and the row. Numbers are written in
 * groups of seven bits; all of it is deflated and written in base64.
 *
 * <p>So 200,000 spans take 2.1 MB if their names repeat and 3.2 MB if each has its own, and what names contain cannot end
 * the element that holds the data.
 */
final class PageData {
  private static final int ENDINGS = 8; // in a number; the page's script divides by it

  /** A name and the index of its kind's colour. */
  private record Named(String name, int kind) {}

  private final Timeline timeline;
  private final List<Lane> lanes;
  private final long start;
  private final Palette palette;
  private final Map<Named, Integer> names = new LinkedHashMap<>();

  private PageData(Timeline timeline, List<Lane> lanes) {
    this.timeline = timeline;
    this.lanes = lanes;
    this.start = timeline.start();
    this.palette = Palette.of(timeline);
  }

  static String of(Timeline timeline, List<Lane> lanes) {
    return new PageData(timeline, lanes).encode();
  }

  private String encode() {
    ByteArrayOutputStream spans = new ByteArrayOutputStream();
    for (Lane lane : lanes) {
      encode(lane, spans);
    }
    byte[] json = json().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream(json.length + spans.size() + 9);
    number(json.length, all);
    all.writeBytes(json);
    all.writeBytes(spans.toByteArray());
    return Base64.getEncoder().encodeToString(deflated(all.toByteArray()));
  }

  private void encode(Lane lane, ByteArrayOutputStream out) {
    number(lane.spans().size(), out);
    long before = start;
    for (int i = 0; i < lane.spans().size(); i++) {
      Span span = lane.spans().get(i);
      Named named = new Named(Cells.printable(span.name()), palette.index(span.kind()));
      int name = names.computeIfAbsent(named, _ -> names.size());
      number(span.start() - before, out);
      number(span.duration(), out);
      number((long) name * ENDINGS + EndingSign.of(span.ending()).code(), out);
      number(lane.placed().number(i), out);
      before = span.start();
    }
  }

  private String json() {
    List<String> kinds = palette.legend();
    return "{\"spans\":" + timeline.spans().size() + ",\"length\":" + timeline.duration()
        + ",\"lanes\":" + array(lanes.stream().map(lane -> JsonString.of(lane.name())).toList())
        + ",\"kinds\":" + array(kinds.stream().map(JsonString::of).toList())
        + ",\"light\":" + colors(kinds.size(), palette::light) + ",\"dark\":" + colors(kinds.size(), palette::dark)
        + ",\"endings\":" + array(Stream.of(EndingSign.values()).map(each -> JsonString.of(each.word())).toList())
        + ",\"marks\":"
        + array(Notes.marked(timeline).stream().map(each -> JsonString.of(each.symbol() + " " + each.word())).toList())
        + ",\"names\":" + array(nameRows()) + "}";
  }

  private List<String> nameRows() {
    List<String> rows = new ArrayList<>(names.size());
    names.keySet().forEach(named -> rows.add("[" + JsonString.of(named.name) + "," + named.kind + "]"));
    return rows;
  }

  private static String colors(int count, IntFunction<String> color) {
    return array(IntStream.range(0, count).mapToObj(color).map(JsonString::of).toList());
  }

  private static String array(List<String> values) {
    return values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static void number(long value, ByteArrayOutputStream out) {
    long rest = value;
    while (rest > 127) {
      out.write((int) ((rest & 127) | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
