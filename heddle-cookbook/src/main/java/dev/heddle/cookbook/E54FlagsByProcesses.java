package dev.heddle.cookbook;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Reports;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Twenty flags by worker processes, which works but does not help. */
final class E54FlagsByProcesses extends Recipe {
  private final ServerProfile site;

  E54FlagsByProcesses() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  E54FlagsByProcesses(ServerProfile site) {
    super(
        "Download flags on a pool of processes",
        """
            It works but does not help: waiting for a server needs no core, and a process costs more than a thread.
            One process per core downloads fewer flags at once than twenty threads; their start-up counts as well.""");
    this.site = site;
  }

  @Override
  public void run(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("heddle-flags");
    try (FlagServer server = FlagServer.start(site);
        FlagFolder flags = FlagFolder.open(folder)) {
      Downloader downloader = new Downloader(server.base(), flags, DownloadOptions.defaults().withFresh(true));
      downloader.run(Style.THREADS, List.of("BR"), flag -> {}); // a warm-up: the first request loads the classes of the client
      DownloadReport processes = download(downloader, Style.PROCESSES, out);
      DownloadReport threads = download(downloader, Style.THREADS, out);
      out.printf("Threads were %.1f times as fast%n", Reports.speedUp(processes, threads));
    } finally {
      FlagsRecipe.delete(folder);
    }
  }

  private static DownloadReport download(Downloader downloader, Style style, PrintStream out) throws FlagException {
    DownloadReport report = downloader.run(style, FlagsRecipe.codes(), flag -> out.print(flag.code() + " "));
    out.printf(
        "%n%d flags downloaded in %.2fs by %d %s%n",
        report.count(FlagOutcome.Saved.class),
        report.elapsed().toNanos() / 1e9,
        report.connections(),
        style.label());
    return report;
  }
}
