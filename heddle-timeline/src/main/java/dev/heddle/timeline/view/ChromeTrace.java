package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * Formats a timeline in the trace event format. Each lane is a thread, with further ones for spans that overlap, as the
 * complete events of a thread must nest; threads have their lanes' order.
 */
public final class ChromeTrace {
  private final StringBuilder json = new StringBuilder("{\"displayTimeUnit\":\"ms\",");
  private String separator = "\n";

  private ChromeTrace() {}

  /** Returns the JSON document. */
  public static String of(Timeline timeline) {
    return new ChromeTrace().write(timeline);
  }

  private String write(Timeline timeline) {
    json.append("\"otherData\":{\"dropped\":").append(timeline.dropped());
    if (timeline.dropped() > 0) {
      json.append(",\"note\":").append(JsonString.of(Notes.dropped(timeline)));
    }
    json.append("},\"traceEvents\":[");
    event("{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":1,\"args\":{\"name\":\"%s\"}}", name(timeline));
    int thread = 0;
    long start = timeline.start();
    for (Lane lane : Lane.of(timeline)) {
      for (int row = 0; row < lane.rows().size(); row++) {
        thread++;
        String name = row == 0 ? lane.name() : lane.name() + " (overlapping, " + (row + 1) + ")";
        event("{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":%d,\"args\":{\"name\":%s}}", thread,
            JsonString.of(name));
        event("{\"ph\":\"M\",\"name\":\"thread_sort_index\",\"pid\":1,\"tid\":%d,\"args\":{\"sort_index\":%d}}", thread,
            thread);
        spans(lane.rows().get(row), thread, start);
      }
    }
    return json.append("\n]}\n").toString();
  }

  private static String name(Timeline timeline) {
    return timeline.dropped() == 0 ? "Heddle" : "Heddle (" + Notes.dropped(timeline) + ")";
  }

  private void spans(List<Span> spans, int thread, long start) {
    for (Span span : spans) {
      json.append(separator).append("{\"ph\":\"X\",\"name\":").append(JsonString.of(span.name()));
      json.append(",\"cat\":").append(JsonString.of(span.kind())).append(",\"pid\":1,\"tid\":").append(thread);
      micros(span.start() - start, json.append(",\"ts\":"));
      micros(span.duration(), json.append(",\"dur\":"));
      json.append(",\"args\":{\"ending\":\"").append(EndingSign.of(span.ending()).word()).append("\"}}");
      separator = ",\n";
    }
  }

  private static void micros(long nanos, StringBuilder out) {
    long rest = nanos % 1000;
    out.append(nanos / 1000).append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".").append(rest);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  private void event(String format, Object... values) {
    json.append(separator).append(String.format(Locale.ROOT, format, values));
    separator = ",\n";
  }
}
