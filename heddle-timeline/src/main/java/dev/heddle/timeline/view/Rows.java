package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The spans of a lane in rows, so that the spans of a row do not overlap. Immutable. */
final class Rows {
  private final List<List<Span>> rows = new ArrayList<>();
  private final int[] numbers;

  private Rows(int spans) {
    this.numbers = new int[spans];
  }

  private record LastOf(int row, long end) {}

  /** Distributes spans, which must be in the order of their starts: each goes to the first row, by number, that is free. */
  static Rows of(List<Span> spans) {
    Rows made = new Rows(spans.size());
    PriorityQueue<LastOf> busy = new PriorityQueue<>((a, b) -> Long.compare(a.end - b.end, 0));
    PriorityQueue<Integer> free = new PriorityQueue<>();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      while (!busy.isEmpty() && busy.element().end - span.start() <= 0) {
        free.add(busy.remove().row);
      }
      Integer row = free.poll();
      if (row == null) {
        row = made.rows.size();
        made.rows.add(new ArrayList<>());
      }
      made.rows.get(row).add(span);
      made.numbers[i] = row;
      busy.add(new LastOf(row, span.end()));
    }
    return made;
  }

  /** Returns the rows, each in the order of time. */
  List<List<Span>> lists() {
    return rows;
  }

  /** Returns the number of the row of a span, from 0, by the span's index. */
  int number(int index) {
    return numbers[index];
  }
}
