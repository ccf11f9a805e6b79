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

/** What the recipes share that download flags in a style of the practical downloader. */
abstract class FlagsByStyle extends Recipe {
  private final Site site;
  private final Style style;
  private final DownloadOptions options;

  FlagsByStyle(Site site, Style style, DownloadOptions options, String title, String notice) {
    super(title, notice);
    this.site = site;
    this.style = style;
    this.options = options.withFresh(true);
  }

  @Override
  public final void run(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("heddle-flags");
    try (FlagServer server = FlagServer.start(site);
        FlagFolder flags = FlagFolder.open(folder)) {
      Downloader downloader = new Downloader(server.base(), flags, options);
      DownloadReport report =
          downloader.run(style, FlagsRecipe.codes(), flag -> out.print(flag.code() + " "));
      out.printf(
          "%n%d flags downloaded in %.2fs, %d at once%n",
          report.count(FlagOutcome.Saved.class), report.elapsed().toNanos() / 1e9, report.connections());
    } finally {
      FlagsRecipe.delete(folder);
    }
  }
}
