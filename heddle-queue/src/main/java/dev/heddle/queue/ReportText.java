package dev.heddle.queue;

import java.util.List;
import java.util.Locale;

/** A report as a table. */
final class ReportText {
  static final List<String> COLUMNS = List.of("stage", "workers", "in", "out", "failed", "busy", "wait in", "wait out",
      "p50", "p90", "p99");

  private static final String ROW = "%-16s %7s %9s %9s %7s %6s %9s %9s %9s %9s %9s%n";

  private ReportText() {}

  static String of(PipelineReport report) {
    StringBuilder text = new StringBuilder();
    text.append(headline(report)).append(System.lineSeparator());
    text.append(Text.format(ROW, COLUMNS.toArray()));
    for (StageReport stage : report.stages()) {
      text.append(
          Text.format(
              ROW,
              stage.name(),
              stage.workers(),
              stage.in(),
              stage.out(),
              stage.failed(),
              Text.percent(stage.occupancy()),
              Text.of(stage.getting()),
              Text.of(stage.putting()),
              Text.of(stage.p50()),
              Text.of(stage.p90()),
              Text.of(stage.p99())));
    }
    report.failures().forEach(failure -> text.append("failed in ").append(failure).append(System.lineSeparator()));
    return text.append(report.verdict()).toString();
  }

  /** One line: how it ended, how long it took and what was left. */
  static String headline(PipelineReport report) {
    return "pipeline '" + report.name() + "' " + report.outcome().name().toLowerCase(Locale.ROOT) + " after "
        + Text.of(report.elapsed()) + ", " + report.failed() + " failed, " + report.undelivered() + " undelivered";
  }
}
