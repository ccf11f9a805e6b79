package dev.heddle.queue.report;

import dev.heddle.base.Cells;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.time.Duration;
import java.util.Locale;

/** Renders a report as a table of text, of 79 columns unless the counts are very large. */
public final class ReportText {
  private static final int NAME = 12;
  private static final int LINE = 79;
  private static final double GC_WORTH_TELLING = 0.01;
  private static final String ROW = " %7s %7s %7s %6s %5s %5s %7s %7s %7s%n";

  private ReportText() {}

  /** Returns the table. */
  public static String of(PipelineReport report) {
    StringBuilder text = new StringBuilder();
    text.append(headline(report)).append(System.lineSeparator());
    text.append(name("stage"))
        .append(Describe.format(ROW, "workers", "in", "out", "failed", "busy", "idle", "blocked", "p50", "p99"));
    for (StageReport stage : report.stages()) {
      double all = nanos(stage);
      text.append(name(stage.name()))
          .append(
              Describe.format(
                  ROW, stage.workers(), stage.in(), stage.out(), stage.failed(), Describe.percent(stage.occupancy()),
                  share(stage.getting(), all), share(stage.putting(), all), Describe.measured(stage.p50()),
                  Describe.measured(stage.p99())));
    }
    report.failures()
        .forEach(
            failure -> text.append("failed in ").append(Cells.printable(failure.toString())).append(System.lineSeparator()));
    return text.append(wrapped(Cells.printable(report.verdict()))).toString();
  }

  private static String name(String name) {
    return Cells.pad(Cells.fit(Cells.printable(name), NAME), NAME);
  }

  /** All of the time of a stage's workers, in nanoseconds. */
  private static double nanos(StageReport stage) {
    return Check.nanos(stage.getting()) + Check.nanos(stage.busy()) + Check.nanos(stage.putting())
        + (double) Check.nanos(stage.ended());
  }

  /** The share of the workers' time; a duration would be the sum of several workers, and longer than the run. */
  private static String share(Duration part, double all) {
    return Describe.percent(all == 0 ? 0 : Check.nanos(part) / all);
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int width = 0;
    for (String word : text.split(" ", -1)) {
      int more = Cells.width(word);
      if (width > 0 && width + 1 + more > LINE) {
        lines.append(System.lineSeparator());
        width = 0;
      } else if (width > 0) {
        lines.append(' ');
        width++;
      }
      lines.append(word);
      width += more;
    }
    return lines.toString();
  }

  /**
   * Returns one line: how the run ended, how long it took, the failed and undelivered items, and the share of garbage
   * collection.
   */
  static String headline(PipelineReport report) {
    return "pipeline '" + Cells.printable(report.name()) + "' " + report.outcome().name().toLowerCase(Locale.ROOT)
        + " after "
        + Describe.measured(report.elapsed()) + ", " + report.failed() + " failed, " + report.undelivered() + " undelivered"
        + (report.gcShare() < GC_WORTH_TELLING ? "" : ", GC " + Describe.percent(report.gcShare()));
  }
}
