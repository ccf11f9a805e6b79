package dev.heddle.timeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats a timeline in the trace event format: a complete event for each span, a thread for each lane. */
final class ChromeTrace {

  private ChromeTrace() {}

  static String of(Timeline timeline) {
    long start = timeline.start();
    StringBuilder json = new StringBuilder("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    String separator = "\n";
    int thread = 0;
    for (Map.Entry<String, List<Span>> lane : timeline.lanes().entrySet()) {
      thread++;
      json.append(separator).append(String.format(
          Locale.ROOT,
          "{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":%d,\"args\":{\"name\":%s}}",
          thread, JsonString.of(lane.getKey())));
      separator = ",\n";
      for (Span span : lane.getValue()) {
        json.append(separator).append(String.format(
            Locale.ROOT,
            "{\"ph\":\"X\",\"name\":%s,\"pid\":1,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f}",
            JsonString.of(span.name()), thread, (span.start() - start) / 1e3, span.duration() / 1e3));
      }
    }
    return json.append("\n]}\n").toString();
  }
}
