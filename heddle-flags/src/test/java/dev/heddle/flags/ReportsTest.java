package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final FlagOutcome SAVED = new FlagOutcome.Saved("BR", 2, Path.of("d/br.svg"), 10, 7, "ab");
  private static final FlagOutcome FAILED = new FlagOutcome.Failed("US", 1, "a \"teapot\"");
  private static final FlagOutcome MISSING = new FlagOutcome.NotFound("ZZ", 1);

  private static DownloadReport report(Style style, int millis, FlagOutcome... outcomes) {
    return new DownloadReport(style, 4, List.of(outcomes), Duration.ofMillis(millis), false, null);
  }

  @Test
  void report_errorFirst_countsStillRight() {
    DownloadReport report = report(Style.THREADS, 1, FAILED, SAVED, MISSING, SAVED);
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(2);
    assertThat(report.count(FlagOutcome.Failed.class)).isEqualTo(1);
    assertThat(report.count(FlagOutcome.NotFound.class)).isEqualTo(1);
    assertThat(report.retries()).isEqualTo(2);
    assertThat(report.bytes()).isEqualTo(14);
  }

  @Test
  void table_twoStyles_speedUp() {
    String table = Reports.table(List.of(
        report(Style.SEQUENTIAL, 2000, SAVED, FAILED), report(Style.THREADS, 100, SAVED, MISSING)));
    assertThat(table.lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "style connections downloaded unchanged not found errors time speed-up",
            "sequential 4 1 0 0 1 2.00 s 1.0x",
            "threads 4 1 0 1 0 0.10 s 20.0x");
  }

  @Test
  void json_report_everything(@TempDir Path dir) throws Exception {
    try (FlagFolder folder = FlagFolder.open(dir)) {
      String json = Reports.json(
          Site.of(Site.Label.LOCAL), folder, List.of(report(Style.SEQUENTIAL, 1500, SAVED, FAILED)));
      assertThat(json)
          .contains("\"site\": \"LOCAL\"", "\"seconds\": 1.5", "\"speedUp\": 1.0", "\"saved\": 1", "\"retries\": 1")
          .contains("\"reason\": \"a \\\"teapot\\\"\"")
          .contains("\"outcome\": \"saved\"", "\"outcome\": \"failed\"");
    }
  }

  @Test
  void json_values_escaped() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("q\"", "back\\slash \n\r\t\u0001\u2028 \ud83d\ude00 \ud83d");
    map.put("list", Arrays.asList(1, 2.5, true, null, Double.NaN));
    map.put("empty", List.of());
    map.put("none", Map.of());
    assertThat(Json.of(map)).isEqualTo("""
        {
          "q\\"": "back\\\\slash \\n\\r\\t\\u0001\\u2028 \ud83d\ude00 \\ud83d",
          "list": [
            1,
            2.5,
            true,
            null,
            null
          ],
          "empty": [],
          "none": {}
        }""");
    assertThatThrownBy(() -> Json.of(new Object())).hasMessageContaining("java.lang.Object");
  }
}
