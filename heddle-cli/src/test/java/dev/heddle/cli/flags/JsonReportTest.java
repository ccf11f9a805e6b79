package dev.heddle.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
  private static final FlagOutcome SAVED = new FlagOutcome.Saved("BR", 2, Path.of("d/br.svg"), 10, 7, "ab");
  private static final FlagOutcome FAILED = new FlagOutcome.Failed("US", 1, "a \"teapot\"");

  @Test
  void of_report_hasCountsAndFlags(@TempDir Path dir) throws Exception {
    DownloadReport report = new DownloadReport(
        Style.SEQUENTIAL, 4, List.of(SAVED, FAILED), Duration.ofMillis(1500), false, null);
    try (FlagFolder folder = FlagFolder.open(dir)) {
      assertThat(JsonReport.of(ServerProfile.of(ServerProfile.Label.LOCAL), folder, List.of(report)))
          .contains("\"site\":\"LOCAL\"", "\"seconds\":1.5", "\"speedUp\":1.0", "\"saved\":1", "\"retries\":1")
          .contains("\"reason\":\"a \\\"teapot\\\"\"")
          .contains("\"outcome\":\"saved\"", "\"outcome\":\"failed\"");
    }
  }
}
