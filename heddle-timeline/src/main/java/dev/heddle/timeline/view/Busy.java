package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import java.util.List;

/** The time for which at least one of several spans ran. */
public final class Busy {
  private Busy() {}

  /** Returns that time in nanoseconds; the spans must be in the order of their starts. */
  public static long nanos(List<Span> spans) {
    long total = 0;
    if (!spans.isEmpty()) {
      long reached = spans.getFirst().start();
      for (Span span : spans) {
        long from = span.start() - reached > 0 ? span.start() : reached;
        if (span.end() - from > 0) {
          total += span.end() - from;
          reached = span.end();
        }
      }
    }
    return total;
  }
}
