package dev.heddle.asyncio;

import java.util.List;
import java.util.Locale;

/** A timeline as text. */
final class TimelineText {
  private TimelineText() {}

  static String of(List<Timeline.Span> spans) {
    StringBuilder text = new StringBuilder();
    long zero = spans.isEmpty() ? 0 : spans.getFirst().begin();
    int width = spans.stream().mapToInt(span -> span.lane().length()).max().orElse(0);
    for (Timeline.Span span : spans) {
      text.append(
          String.format(
              Locale.ROOT, "%12.3f ms %9.3f ms  %-" + Math.max(1, width) + "s  %s%n",
              (span.begin() - zero) / 1e6, (span.end() - span.begin()) / 1e6, span.lane(), span.what()));
    }
    return text.toString();
  }
}
