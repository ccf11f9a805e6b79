package dev.heddle.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.live.FrameRow;
import dev.heddle.cli.live.LiveFrame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkerEventsTest {
  private static final FrameRow POOL = row("executor", "1", "", "shop", Map.of());

  private static FrameRow row(String kind, String id, String parent, String name, Map<String, Long> figures) {
    return new FrameRow(kind, id, parent, name, "", "", -1, figures, "");
  }

  private static LiveFrame frame(FrameRow... rows) {
    return new LiveFrame(0, List.of(rows), 0, 0);
  }

  @Test
  void workers_thatGoAndCome_areToldWithTheReason() {
    WorkerEvents events = new WorkerEvents();
    events.compare(
        frame(POOL, row("worker", "1/w1", "1", "worker 1", Map.of("pid", 7L)),
            row("exits", "1/e", "1", "", Map.of("crashed", 0L))),
        frame(POOL, row("worker", "1/w2", "1", "worker 2", Map.of("pid", 8L)),
            row("exits", "1/e", "1", "", Map.of("crashed", 1L))));
    assertThat(events.latest()).map(each -> each.substring(9)).containsExactly(
        "worker 2 of shop has come", "worker 1 of shop has gone (crashed)");
  }

  @Test
  void workers_ofAPoolThatWasClosed_areNotTold() {
    WorkerEvents events = new WorkerEvents();
    events.compare(frame(POOL, row("worker", "1/w1", "1", "worker 1", Map.of())), frame());
    assertThat(events.latest()).isEmpty();
  }

  @Test
  void sparkline_isScaledToItsLargestValue() {
    Sparkline line = new Sparkline(3);
    List.of(9.0, 0.0, 5.0, 10.0).forEach(line::add);
    assertThat(line).hasToString("▁▅█");
  }
}
