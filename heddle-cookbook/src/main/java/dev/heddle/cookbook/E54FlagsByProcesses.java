package dev.heddle.cookbook;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Twenty flags by worker processes: it works, and is of no use. */
final class E54FlagsByProcesses extends Recipe {
  private final Site site;

  E54FlagsByProcesses() {
    this(Site.of(Site.Label.DELAY));
  }

  E54FlagsByProcesses(Site site) {
    super(
        "Download flags on a pool of processes",
        """
        It works, and is no help: what waits for a server needs no core of its own, and a process costs more than a thread.
        One for each core downloads fewer at once than twenty threads would (E50).""");
    this.site = site;
  }

  @Override
  public void run(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("heddle-flags");
    try (FlagServer server = FlagServer.start(site);
        FlagFolder flags = FlagFolder.open(folder)) {
      Downloader downloader = new Downloader(server.base(), flags, DownloadOptions.defaults().withFresh(true));
      DownloadReport report =
          downloader.run(Style.PROCESSES, FlagsRecipe.codes(), flag -> out.print(flag.code() + " "));
      out.printf(
          "%n%d flags downloaded in %.2fs, %d at once%n",
          report.count(FlagOutcome.Saved.class), report.elapsed().toNanos() / 1e9, report.connections());
    } finally {
      FlagsRecipe.delete(folder);
    }
  }
}
