package dev.heddle.cli.flags;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.CountryOptions;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.options.LimitOptions;
import dev.heddle.cli.options.RetryOptions;
import dev.heddle.cli.options.ServerOptions;
import dev.heddle.cli.options.TimelineOption;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code heddle flags}: downloads flags in several styles, and compares them.
 *
 * <p>Origin: {@code flags2_threadpool.py} and its siblings in "Fluent Python".
 */
@Command(name = "flags", header = "Downloads the flags of countries, one after the other and many at once, and compares the styles.", description = {
    "",
    "The flags are served by an embedded server on this machine, with the delays of a remote one and, on request, failures."
        + " Without arguments the flags of the 20 most populous countries are downloaded.",
    "",
    "When several styles are compared, each downloads all flags again; one flag is downloaded before, untimed, so that the"
        + " start-up of the JVM does not count for the first style. A single style downloads only what is missing or has"
        + " changed, and resumes incomplete downloads.",
    "",
    "The codes are printed as the flags arrive: BR was downloaded, BR? does not exist, BR! failed."
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:all flags were downloaded or are up to date",
    "1:the download of a flag failed",
    "2:the command line is wrong",
    "3:some flags do not exist; no other errors",
    "130, 143:interrupted (Ctrl-C) or terminated; completed downloads are kept"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle flags                        20 flags, all styles, compared",
    "  heddle flags BR US F                Brazil, the USA, and all that begin with F",
    "  heddle flags -s ERROR -v            a server that fails a quarter of the requests",
    "  heddle flags -a --style threads     all flags, many at once",
    "  heddle flags --rate 20/s            no more than 20 requests a second",
    "  heddle flags --delay 500-5000       the delays of the server in Fluent Python"
})
public final class FlagsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CountryOptions countries;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ServerOptions server;

  @Option(names = {"-m",
      "--max-req"}, paramLabel = "N", defaultValue = "30", description = "At most N requests at once (default: ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(names = "--style", paramLabel = "STYLE", defaultValue = "all", description = "sequential (one after the other), threads (many at once), processes (a few at once), async (many at once on one"
      + " thread) or all, to compare (default: ${DEFAULT-VALUE}).")
  private String style = "all";

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "The maximum time for a whole reply (default: ${DEFAULT-VALUE}).")
  private double timeout;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LimitOptions limits;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private RetryOptions retries;

  @Option(names = "--fresh", description = "Download all flags again, even if they are up to date.")
  private boolean fresh;

  @Option(names = {"-o",
      "--out"}, paramLabel = "DIR", defaultValue = "downloaded", description = "The folder to download to (default: ${DEFAULT-VALUE}/).")
  private Path folder = Path.of("downloaded");

  @Option(names = {"-v", "--verbose"}, description = "Print a line for each flag instead of a progress bar.")
  private boolean verbose;

  @Option(names = "--json", description = "Print only the report, as JSON, on standard output.")
  private boolean json;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private TimelineOption timeline;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() {
    List<Style> styles = OptionCheck.checked(spec, "--style", style, Style::parse);
    ServerProfile profile = server.profile();
    List<String> codes = countries.codes();
    DownloadOptions options = options(styles.size() > 1);
    TimelineRecorder recorder = timeline.recorder();
    try (FlagFolder flags = FlagFolder.open(folder);
        FlagServer started = FlagServer.start(profile);
        InterruptOnSignal _ = InterruptOnSignal.interruptsThisThread()) {
      int code = new StyleComparison(profile, started, flags, options, display(), recorder).run(styles, codes);
      PrintWriter said = json ? spec.commandLine().getErr() : spec.commandLine().getOut(); // the report alone goes to the output
      return timeline.write(said, "heddle flags", "") ? code : 1;
    } catch (FlagException e) {
      return failed(e.getMessage() + " with --out DIR");
    } catch (IOException e) {
      return failed("the flag server cannot be started on this machine: " + e.getMessage());
    }
  }

  private FlagsDisplay display() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return FlagsDisplay.of(out, err, json, verbose);
  }

  private int failed(String message) {
    spec.commandLine().getErr().println("heddle flags: " + ControlCharacters.escapeLines(message));
    spec.commandLine().getErr().flush();
    return 1;
  }

  private DownloadOptions options(boolean comparing) {
    if (!(timeout >= 0.001 && timeout <= 86_400)) {
      throw OptionCheck.wrong(spec, "--timeout must be from 0.001 to 86400 seconds, but was " + timeout);
    }
    DownloadOptions defaults = DownloadOptions.defaults();
    return limits.of(OptionCheck.checked(spec, "--max-req", maxConnections, defaults::withMaxConnections))
        .withTimeout(Duration.ofNanos((long) (timeout * 1e9)))
        .withRetry(retries.retry())
        .withFresh(fresh || comparing);
  }

  /** Returns the exit code for the reports of all runs. */
  static int exitCode(List<DownloadReport> reports) {
    if (reports.stream().anyMatch(DownloadReport::interrupted)) {
      return 130;
    }
    if (reports.stream().anyMatch(run -> run.stopped() != null || run.count(FlagOutcome.Failed.class) > 0)) {
      return 1;
    }
    return reports.stream().anyMatch(run -> run.count(FlagOutcome.NotFound.class) > 0) ? 3 : 0;
  }
}
