package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.List;

/** The words that all views use. */
final class Notes {
  private Notes() {}

  /** Says how many spans a full recorder has dropped. */
  static String dropped(Timeline timeline) {
    return timeline.dropped() == 1
        ? "1 further span, which ended earlier, was dropped, as the recorder was full"
        : timeline.dropped() + " further spans, which ended earlier, were dropped, as the recorder was full";
  }

  /** Returns the endings that are marked and occur, in their order. */
  static List<EndingSign> marked(Timeline timeline) {
    return timeline.spans().stream().map(Span::ending).distinct().map(EndingSign::of).filter(EndingSign::isMarked).sorted()
        .toList();
  }

  static String hiddenLanes(int lanes) {
    return lanes + (lanes == 1 ? " further lane is" : " further lanes are") + " not drawn; the HTML page and the trace have "
        + (lanes == 1 ? "it" : "them");
  }

  static String count(int spans) {
    return spans == 1 ? "1 span" : spans + " spans";
  }
}
