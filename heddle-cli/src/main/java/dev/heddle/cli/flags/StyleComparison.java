package dev.heddle.cli.flags;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import dev.heddle.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Downloads the same flags in several styles, one after the other, and shows the reports. */
final class StyleComparison {
  private final ServerProfile profile;
  private final FlagServer server;
  private final FlagFolder folder;
  private final DownloadOptions options;
  private final FlagsDisplay display;
  private final @Nullable TimelineRecorder timeline; // but of the warm-up

  StyleComparison(
      ServerProfile profile, FlagServer server, FlagFolder folder, DownloadOptions options, FlagsDisplay display,
      @Nullable TimelineRecorder timeline) {
    this.profile = profile;
    this.server = server;
    this.folder = folder;
    this.options = options;
    this.display = display;
    this.timeline = timeline;
  }

  /** Runs the styles and returns the exit code. */
  int run(List<Style> styles, List<String> codes) throws FlagException {
    Downloader downloader = new Downloader(server.base(), folder,
        timeline == null ? options : options.withTimeline(timeline));
    display.head(profile, server.base(), codes);
    List<DownloadReport> reports = new ArrayList<>();
    if (styles.size() > 1) {
      // Loading the classes of the HTTP client takes longer than a flag, and must not count for the first style.
      DownloadReport warmUp = new Downloader(server.base(), folder, options).run(styles.getFirst(), codes.subList(0, 1),
          _ -> {});
      if (warmUp.interrupted()) {
        display.tail(warmUp);
        return FlagsCommand.exitCode(List.of(warmUp));
      }
    }
    for (Style style : styles) {
      server.reset(); // the same delays and failures for each style
      display.begin(style, downloader.connections(style, codes.size()), codes.size());
      DownloadReport report;
      try {
        report = downloader.run(style, codes, display::arrived);
      } finally {
        display.end();
      }
      reports.add(report);
      display.tail(report);
      if (report.interrupted() || report.stopped() != null) {
        break;
      }
    }
    display.summary(profile, folder, reports);
    return FlagsCommand.exitCode(reports);
  }
}
