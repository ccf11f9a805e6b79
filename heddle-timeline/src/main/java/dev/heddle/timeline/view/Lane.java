package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * A lane of a timeline, with what the views need to know of it.
 *
 * @param name its name, without control characters
 * @param spans its spans, in the order of their starts
 * @param placed its spans, in rows without overlaps
 * @param busyNanos for how long at least one of its spans ran
 */
record Lane(String name, List<Span> spans, Rows placed, long busyNanos) {

  static List<Lane> of(Timeline timeline) {
    List<Lane> lanes = new ArrayList<>();
    timeline.lanes()
        .forEach((name, spans) -> lanes.add(new Lane(Cells.printable(name), spans, Rows.of(spans), Busy.nanos(spans))));
    return lanes;
  }

  List<List<Span>> rows() {
    return placed.lists();
  }

  long longest() {
    return spans.stream().mapToLong(Span::duration).max().orElse(0);
  }

  double busy(Scale scale) {
    return Math.min(1, (double) busyNanos / scale.duration());
  }
}
