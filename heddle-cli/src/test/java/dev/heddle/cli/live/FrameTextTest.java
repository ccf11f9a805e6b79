package dev.heddle.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Cells;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTextTest {
  private static final FrameRow POOL = row("executor", "1", "", "日本 pool", "threads", 10_000_000_000L,
      Map.of("running", 2L, "waiting", 1L, "limit", 4L, "queued", 7L, "done", 50L, "failed", 1L), "");
  private static final LiveFrame FRAME = new LiveFrame(
      5_000_000_000L, List.of(POOL, task("a", 1_000_000_000L), task("b\u001b[31m", 65_000_000_000L),
          row("pipeline", "2", "", "shop", "", 4_000_000_000L, Map.of("done", 20L, "total", 80L, "left", 12_000L),
              "The bottleneck is stage 'resize'."),
          row("stage", "2/s0", "2", "resize", "", -1, Map.of("workers", 3L, "occupancy", 95L, "waiting", 32L, "in", 20L),
              ""),
          row("loop", "3", "", "main-loop", "", -1, Map.of("tasks", 3L), "")),
      0, 0);

  private static FrameRow row(
      String kind, String id, String parent, String name, String type, long age, Map<String, Long> figures, String text) {
    return new FrameRow(kind, id, parent, name, type, "running", age, figures, text);
  }

  private static FrameRow task(String name, long age) {
    return row("task", "1/" + name, "1", name, "", age, Map.of(), "");
  }

  private static List<String> lines(int width, FrameText.Sort sort, String filter) {
    return new FrameText(FRAME, Rates.average(FRAME), width, 10, sort, name -> name.contains(filter)).lines();
  }

  @Test
  void frame_at80Columns_isATable() {
    assertThat(lines(80, FrameText.Sort.AGE, "")).containsExactly(
        "EXECUTOR              KIND                 BUSY  QUEUED     DONE FAILED     RATE",
        "日本 pool             threads               1/4       7       50      1    5.0/s",
        "  b\\x1b[31m                                                            1 min 5 s",
        "  a                                                                          1 s",
        "",
        "PIPELINE shop  20 of 80 (25 %), 5.0/s, 12 s left, up 4 s",
        "  STAGE                         WORKERS   BUSY WAITING       IN      OUT FAILED",
        "  resize                              3    95%      32       20        0      0",
        "  The bottleneck is stage 'resize'.",
        "",
        "EVENT LOOP            STATE",
        "main-loop             running, tasks: 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void lines_ofAnyWidth_fit(int width) {
    assertThat(lines(width, FrameText.Sort.NAME, "")).allSatisfy(
        line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(Math.max(40, width)));
  }

  @Test
  void filter_ofATask_showsItsExecutorAndNotTheOthers() {
    List<String> lines = lines(80, FrameText.Sort.NAME, "31m");
    assertThat(lines).anyMatch(line -> line.contains("b\\x1b[31m")).noneMatch(line -> line.startsWith("  a "))
        .noneMatch(line -> line.startsWith("PIPELINE"));
  }

  @Test
  void executors_byAge_areInTheOrderInWhichTheyWereMade_whateverThatOfTheRows() {
    LiveFrame frame = new LiveFrame(0, List.of(
        row("executor", "2", "", "second", "threads", 5_000_000_000L, Map.of(), ""),
        row("executor", "1", "", "first", "threads", 9_000_000_000L, Map.of(), "")), 0, 0);
    assertThat(new FrameText(frame, Rates.average(frame), 80, 10, FrameText.Sort.AGE, _ -> true).lines())
        .extracting(line -> line.split(" ")[0]).containsExactly("EXECUTOR", "first", "second");
  }

  @Test
  void rates_betweenTwoFrames_areOfThatTime() {
    FrameRow later = row("executor", "1", "", "pool", "threads", 12_000_000_000L, Map.of("done", 90L), "");
    LiveFrame now = new LiveFrame(7_000_000_000L, List.of(later), 0, 0);
    assertThat(Rates.between(FRAME, now).of(later)).isEqualTo(20.0);
  }

  @Test
  void counts_takeSevenCharactersAtMost() {
    assertThat(List.of(FrameText.count(999_999), FrameText.count(1_234_567), FrameText.count(98_765_432_100L)))
        .containsExactly("999999", "1.23M", "98.77G");
  }
}
