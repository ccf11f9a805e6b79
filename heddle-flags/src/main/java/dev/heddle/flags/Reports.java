package dev.heddle.flags;

import java.util.List;
import java.util.Locale;

/** Formats the reports of several styles side by side. */
public final class Reports {
  private Reports() {}

  /**
   * Returns a table with a line for each style; the speed-up is relative to the first.
   *
   * @param reports the styles to compare, the slowest first
   * @return lines that end with a line feed
   */
  public static String table(List<DownloadReport> reports) {
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, "%-12s %11s %10s %9s %9s %6s %8s %8s%n",
        "style", "connections", "downloaded", "unchanged", "not found", "errors", "time", "speed-up"));
    for (DownloadReport report : reports) {
      table.append(String.format(Locale.ROOT, "%-12s %11d %10d %9d %9d %6d %6.2f s %8s%n",
          report.style().label(),
          report.connections(),
          report.count(FlagOutcome.Saved.class),
          report.count(FlagOutcome.Unchanged.class),
          report.count(FlagOutcome.NotFound.class),
          report.count(FlagOutcome.Failed.class),
          seconds(report),
          reports.size() == 1 ? "-" : String.format(Locale.ROOT, "%.1fx", speedUp(reports.getFirst(), report))));
    }
    return table.toString().replace(System.lineSeparator(), "\n");
  }

  /** Returns the ratio of the duration of a base run to that of another. */
  public static double speedUp(DownloadReport base, DownloadReport report) {
    return seconds(base) / Math.max(1e-9, seconds(report));
  }

  private static double seconds(DownloadReport report) {
    return report.elapsed().toNanos() / 1e9;
  }
}
