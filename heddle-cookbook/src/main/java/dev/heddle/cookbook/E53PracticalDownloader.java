package dev.heddle.cookbook;

import dev.heddle.flags.Countries;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Reports;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Twenty-one flags from a server that fails a quarter of the time and does not know one of them. */
final class E53PracticalDownloader extends Recipe {
  private final Site site;

  E53PracticalDownloader() {
    this(Site.of(Site.Label.ERROR));
  }

  E53PracticalDownloader(Site site) {
    super(
        "A practical downloader: retries, errors, a report",
        """
            What may pass is tried again, what may not is reported, and the counts add up. ZZ is no country.
            The command around it, with its options and exit codes, is: heddle flags --help""");
    this.site = site;
  }

  @Override
  public void run(PrintStream out) throws IOException {
    List<String> codes = new ArrayList<>(Countries.POP20);
    codes.add("ZZ");
    Path folder = Files.createTempDirectory("heddle-flags");
    try (FlagServer server = FlagServer.start(site);
        FlagFolder flags = FlagFolder.open(folder)) {
      Downloader downloader = new Downloader(server.base(), flags, DownloadOptions.defaults());
      DownloadReport report = downloader.run(Style.THREADS, codes, outcome -> out.println(line(outcome)));
      out.println();
      out.print(Reports.table(List.of(report)));
    } finally {
      FlagsRecipe.delete(folder);
    }
  }

  private static String line(FlagOutcome outcome) {
    String tries = outcome.attempts() > 1 ? " at attempt " + outcome.attempts() : "";
    return outcome.code() + " " + switch (outcome) {
      case FlagOutcome.Saved saved -> saved.bytes() + " bytes" + tries;
      case FlagOutcome.Unchanged _ -> "unchanged";
      case FlagOutcome.NotFound _ -> "not found";
      case FlagOutcome.Failed failed -> "failed" + tries + ": " + failed.reason();
      case FlagOutcome.Cancelled _ -> "cancelled";
    };
  }
}
