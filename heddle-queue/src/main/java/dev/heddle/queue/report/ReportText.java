package dev.heddle.queue.report;

import dev.heddle.base.Display;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.util.List;
import java.util.Locale;

/** Renders a report as a table of text. */
public final class ReportText {
  static final List<String> COLUMNS = List.of("stage", "workers", "in", "out", "failed", "busy", "wait in", "wait out",
      "p50", "p90", "p99");

  private static final String ROW = "%-16s %7s %9s %9s %7s %6s %9s %9s %9s %9s %9s%n";

  private ReportText() {}

  /** Returns the table. */
  public static String of(PipelineReport report) {
    StringBuilder text = new StringBuilder();
    text.append(headline(report)).append(System.lineSeparator());
    text.append(Display.format(ROW, COLUMNS.toArray()));
    for (StageReport stage : report.stages()) {
      text.append(
          Display.format(
              ROW,
              stage.name(),
              stage.workers(),
              stage.in(),
              stage.out(),
              stage.failed(),
              Display.percent(stage.occupancy()),
              Display.of(stage.getting()),
              Display.of(stage.putting()),
              Display.of(stage.p50()),
              Display.of(stage.p90()),
              Display.of(stage.p99())));
    }
    report.failures().forEach(failure -> text.append("failed in ").append(failure).append(System.lineSeparator()));
    return text.append(report.verdict()).toString();
  }

  /** Returns one line: how the run ended, how long it took, and the failed and undelivered items. */
  static String headline(PipelineReport report) {
    return "pipeline '" + report.name() + "' " + report.outcome().name().toLowerCase(Locale.ROOT) + " after "
        + Display.of(report.elapsed()) + ", " + report.failed() + " failed, " + report.undelivered() + " undelivered";
  }
}
