package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
