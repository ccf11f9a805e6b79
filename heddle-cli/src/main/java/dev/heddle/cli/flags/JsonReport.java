package dev.heddle.cli.flags;

import dev.heddle.cli.json.JsonText;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.Reports;
import dev.heddle.flags.ServerProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formats the reports of {@code heddle flags} as JSON. */
final class JsonReport {
  private JsonReport() {}

  /** Returns a JSON object with the reports of all styles; speed-ups are relative to the first. */
  static String of(ServerProfile profile, FlagFolder folder, List<DownloadReport> reports) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("site", profile.label().name());
    root.put("seed", profile.seed());
    root.put("folder", folder.path().toString());
    root.put("styles", reports.stream().map(report -> style(report, reports)).toList());
    return JsonText.of(root);
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
    style.put("seconds", report.elapsed().toNanos() / 1e9);
    style.put("speedUp", Reports.speedUp(reports.getFirst(), report));
    style.put("interrupted", report.interrupted());
    if (report.stopped() != null) {
      style.put("stopped", report.stopped());
    }
    style.put("flags", report.outcomes().stream().map(JsonReport::flag).toList());
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
      case FlagOutcome.NotFound _,FlagOutcome.Cancelled _ -> {
      }
    }
    return flag;
  }
}
