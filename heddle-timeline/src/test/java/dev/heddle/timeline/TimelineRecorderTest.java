package dev.heddle.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.timeline.Span.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineRecorderTest {
  private long now;
  private final TimelineRecorder recorder = new TimelineRecorder(() -> now, 2);

  private static Span span(String name, long start, long end, Ending ending) {
    return new Span("lane", name, Span.kindOf(name), start, end, ending);
  }

  @Test
  void limit_reached_theLatestAreKept_andTheOthersCounted() {
    for (int i = 0; i < 5; i++) {
      long start = recorder.now();
      now += 10;
      recorder.add("lane", "step " + i, start);
    }

    Timeline timeline = recorder.timeline();

    assertThat(timeline.spans()).containsExactly(new Span("lane", "step 3", 30, 40), new Span("lane", "step 4", 40, 50));
    assertThat(timeline.dropped()).isEqualTo(3);
  }

  @Test
  void dropped_isSaidByEveryForm() {
    for (int i = 0; i < 5; i++) {
      recorder.add(new Span("lane", "n", i, i + 1));
    }
    Timeline timeline = recorder.timeline();

    assertThat(List.of(timeline.toText(20), timeline.toSvg(), timeline.toHtml("x"), timeline.toChromeTrace()))
        .allSatisfy(form -> assertThat(form).contains("3 further spans").contains("dropped"));
  }

  @Test
  void begun_isShownAsRunningUntilNow_andAsEndedAfterItsEnd() {
    OpenSpan open = recorder.begin("lane", "load-7");
    now = 30;

    assertThat(recorder.timeline().spans()).containsExactly(new Span("lane", "load-7", "load", 0, 30, Ending.RUNNING));

    now = 50;
    open.end(Ending.FAILED);
    now = 70;
    open.end();

    assertThat(recorder.timeline().spans()).containsExactly(new Span("lane", "load-7", "load", 0, 50, Ending.FAILED));
    assertThatThrownBy(() -> open.end(Ending.RUNNING)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RUNNING");
  }

  @Test
  void close_ofAnOpenSpan_completesIt() {
    try (OpenSpan _ = recorder.begin("lane", "work", "kind")) {
      now = 5;
    }

    assertThat(recorder.timeline().spans()).containsExactly(new Span("lane", "work", "kind", 0, 5, Ending.COMPLETED));
  }

  @Test
  void source_isAskedForWhatRuns_untilItsRegistrationIsClosed_andMayFail() {
    Span running = span("stuck", 0, 9, Ending.RUNNING);
    var failing = recorder.register(() -> { throw new IllegalStateException("on purpose"); });
    var registration = recorder.register(() -> List.of(running));

    assertThat(recorder.timeline().spans()).containsExactly(running);

    registration.close();
    failing.close();
    assertThat(recorder.timeline().spans()).isEmpty();
  }

  @Test
  void kind_isTheNameWithoutItsNumber() {
    assertThat(List.of("load-17", "load 17", "load#17", "load17", "17", "load")).extracting(Span::kindOf)
        .containsExactly("load", "load", "load", "load", "17", "load");
  }
}
