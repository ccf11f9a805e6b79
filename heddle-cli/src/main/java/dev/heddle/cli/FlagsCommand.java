package dev.heddle.cli;

import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;
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
 * {@code heddle flags}: downloads flags, one after the other and many at once, and compares.
 *
 * <p>Origin: {@code flags2_threadpool.py} and its siblings in "Fluent Python".
 */
@Command(name = "flags", header = "Downloads the flags of countries, one after the other and many at once, and compares.", description = {
    "",
    "A server of flags is started on this machine, and stopped in the end. It answers as a distant one would: after a while,"
        + " and if asked to, not always. Without arguments the flags of the 20 most populous countries are downloaded.",
    "",
    "Several styles are compared by letting each download everything anew; one flag is fetched beforehand, untimed, so that"
        + " the first style does not pay for what the JVM does only once. A single style downloads only what is missing or"
        + " has changed, and goes on with downloads that broke off.",
    "",
    "The codes are printed as their flags come: BR was downloaded, BR? does not exist, BR! failed."
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:every flag was downloaded, or is up to date",
    "1:some flags, or all, could not be downloaded",
    "2:the command line is wrong",
    "3:some flags do not exist; no other errors",
    "130:interrupted (Ctrl-C); what was finished by then is kept"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle flags                        20 flags, all styles, compared",
    "  heddle flags BR US F                Brazil, the USA, and all that begin with F",
    "  heddle flags -s ERROR -v            a server that fails a quarter of the time",
    "  heddle flags -a --style threads     every flag there is, many at once",
    "  heddle flags --delay 500-5000       as slow as the server in Fluent Python"
})
final class FlagsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CountryChoice countries;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private SiteChoice server;

  @Option(names = {"-m",
      "--max-req"}, paramLabel = "N", defaultValue = "30", description = "At most N requests at once (default: ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(names = "--style", paramLabel = "STYLE", defaultValue = "all", description = "sequential (one after the other), threads (many at once), processes (a few at once), async (many at once on one"
      + " thread) or all, to compare (default: ${DEFAULT-VALUE}).")
  private String style = "all";

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "How long one whole reply may take (default: ${DEFAULT-VALUE}).")
  private double timeout;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private RetryChoice retries;

  @Option(names = "--fresh", description = "Download also what is there already.")
  private boolean fresh;

  @Option(names = {"-o",
      "--out"}, paramLabel = "DIR", defaultValue = "downloaded", description = "Where the flags go (default: ${DEFAULT-VALUE}/).")
  private Path folder = Path.of("downloaded");

  @Option(names = {"-v", "--verbose"}, description = "Say what became of each flag; no progress bar.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the report as JSON, and nothing else, on standard output.")
  private boolean json;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() {
    List<Style> styles = Usage.checked(spec, "--style", style, Style::parse);
    Site site = server.site();
    List<String> codes = countries.codes();
    DownloadOptions options = options(styles.size() > 1);
    try (FlagFolder flags = FlagFolder.open(folder);
        FlagServer started = FlagServer.start(site);
        CtrlC _ = CtrlC.interruptsThisThread()) {
      return new FlagsCommandRun(site, started, flags, options, display()).run(styles, codes);
    } catch (FlagException e) {
      return failed(e.getMessage() + " with --out DIR");
    } catch (IOException e) {
      return failed("the server of flags cannot be started on this machine: " + e.getMessage());
    }
  }

  private FlagsCommandDisplay display() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return FlagsCommandDisplay.of(out, err, json, verbose);
  }

  private int failed(String message) {
    spec.commandLine().getErr().println("heddle flags: " + message);
    spec.commandLine().getErr().flush();
    return 1;
  }

  private DownloadOptions options(boolean comparing) {
    if (!(timeout >= 0.001 && timeout <= 86_400)) {
      throw Usage.wrong(spec, "--timeout must be from 0.001 to 86400 seconds, but was " + timeout);
    }
    DownloadOptions defaults = DownloadOptions.defaults();
    return Usage.checked(spec, "--max-req", maxConnections, defaults::withMaxConnections)
        .withTimeout(Duration.ofNanos((long) (timeout * 1e9)))
        .withRetry(retries.retry())
        .withFresh(fresh || comparing);
  }

  /** The exit code that says what came of all runs. */
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
