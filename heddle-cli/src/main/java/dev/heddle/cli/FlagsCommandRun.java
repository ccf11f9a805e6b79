package dev.heddle.cli;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;
import java.util.ArrayList;
import java.util.List;

/** Downloads the same flags in one style after the other. */
final class FlagsCommandRun {
  private final Site site;
  private final FlagServer server;
  private final FlagFolder folder;
  private final DownloadOptions options;
  private final FlagsCommandDisplay display;

  FlagsCommandRun(
      Site site, FlagServer server, FlagFolder folder, DownloadOptions options, FlagsCommandDisplay display) {
    this.site = site;
    this.server = server;
    this.folder = folder;
    this.options = options;
    this.display = display;
  }

  /** Runs the styles and returns the exit code. */
  int run(List<Style> styles, List<String> codes) throws FlagException {
    Downloader downloader = new Downloader(server.base(), folder, options);
    display.head(site, server.base(), codes);
    List<DownloadReport> reports = new ArrayList<>();
    if (styles.size() > 1) {
      // Loading the HTTP client's classes takes longer than a flag; the first style is not to pay for it.
      DownloadReport warmUp = downloader.run(styles.getFirst(), codes.subList(0, 1), _ -> {});
      if (warmUp.interrupted()) {
        display.tail(warmUp);
        return FlagsCommand.exitCode(List.of(warmUp));
      }
    }
    for (Style style : styles) {
      server.reset(); // every style meets the same delays and failures
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
    display.summary(site, folder, reports);
    return FlagsCommand.exitCode(reports);
  }
}
