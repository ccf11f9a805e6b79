package dev.heddle.cookbook;

import dev.heddle.flags.Countries;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
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
import java.util.ArrayList;
import java.util.List;

/** Twenty-one flags from a server that fails a quarter of the requests and does not have one of the flags. */
final class E53PracticalDownloader extends Recipe {
  private final ServerProfile site;

  E53PracticalDownloader() {
    this(ServerProfile.of(ServerProfile.Label.ERROR));
  }

  E53PracticalDownloader(ServerProfile site) {
    super(
        "A practical downloader: retries, errors, a report",
        """
            Transient failures are retried, others are reported, and the counts add up. ZZ is not a country.
            For the command with its options and exit codes, see: heddle flags --help""");
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
