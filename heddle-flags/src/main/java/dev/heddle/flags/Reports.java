package dev.heddle.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reports of several styles beside each other, for people and for programs. */
public final class Reports {
  private Reports() {}

  /**
   * A table with a line for each style; the speed-up is against the first one.
   *
   * @param reports the styles compared, the slowest first
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

  /** How many times as fast a run was as another. */
  public static double speedUp(DownloadReport base, DownloadReport report) {
    return seconds(base) / Math.max(1e-9, seconds(report));
  }

  /**
   * The reports as a JSON object.
   *
   * @param site what was downloaded from
   * @param folder where the flags are
   */
  public static String json(Site site, FlagFolder folder, List<DownloadReport> reports) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("site", site.label().name());
    root.put("seed", site.seed());
    root.put("folder", folder.path().toString());
    List<Object> styles = new ArrayList<>();
    for (DownloadReport report : reports) {
      styles.add(style(report, reports));
    }
    root.put("styles", styles);
    return Json.of(root);
  }

  private static Map<String, Object> style(DownloadReport report, List<DownloadReport> reports) {
    Map<String, Object> style = new LinkedHashMap<>();
    style.put("style", report.style().label());
    style.put("connections", report.connections());
    style.put("saved", report.count(FlagOutcome.Saved.class));
    style.put("unchanged", report.count(FlagOutcome.Unchanged.class));
    style.put("notFound", report.count(FlagOutcome.NotFound.class));
    style.put("failed", report.count(FlagOutcome.Failed.class));
    style.put("cancelled", report.count(FlagOutcome.Cancelled.class));
    style.put("retries", report.retries());
    style.put("bytes", report.bytes());
    style.put("seconds", seconds(report));
    style.put("speedUp", speedUp(reports.getFirst(), report));
    style.put("interrupted", report.interrupted());
    if (report.stopped() != null) {
      style.put("stopped", report.stopped());
    }
    style.put("flags", report.outcomes().stream().map(Reports::flag).toList());
    return style;
  }

  private static Map<String, Object> flag(FlagOutcome outcome) {
    Map<String, Object> flag = new LinkedHashMap<>();
    flag.put("code", outcome.code());
    flag.put("outcome", outcome.kind());
    flag.put("attempts", outcome.attempts());
    switch (outcome) {
      case FlagOutcome.Saved saved -> {
        flag.put("file", saved.file().toString());
        flag.put("bytes", saved.bytes());
        flag.put("received", saved.received());
        flag.put("sha256", saved.sha256());
      }
      case FlagOutcome.Unchanged unchanged -> flag.put("file", unchanged.file().toString());
      case FlagOutcome.Failed failed -> flag.put("reason", failed.reason());
      case FlagOutcome.NotFound notFound -> {
      }
      case FlagOutcome.Cancelled cancelled -> {
      }
    }
    return flag;
  }

  private static double seconds(DownloadReport report) {
    return report.elapsed().toNanos() / 1e9;
  }
}
