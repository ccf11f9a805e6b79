package dev.heddle.cli;

import dev.heddle.flags.Countries;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Site;
import dev.heddle.flags.Style;
import dev.heddle.futures.Retry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code heddle flags}: downloads flags, one after the other and many at once, and compares.
 *
 * <p>Origin: {@code flags2_threadpool.py} and its siblings in "Fluent Python".
 */
@Command(
    name = "flags",
    header = "Downloads the flags of countries, one after the other and many at once, and compares.",
    description = {
      "",
      "A server of flags is started on this machine, and stopped in the end. It answers as a distant one would: after a while,"
          + " and if asked to, not always. Without arguments the flags of the 20 most populous countries are downloaded.",
      "",
      "Several styles are compared by letting each download everything anew; one flag is fetched beforehand, untimed, so that"
          + " the first style does not pay for what the JVM does only once. A single style downloads only what is missing or"
          + " has changed, and goes on with downloads that broke off.",
      "",
      "The codes are printed as their flags come: BR was downloaded, BR? does not exist, BR! failed."
    },
    parameterListHeading = "%n",
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every flag was downloaded, or is up to date",
      "1:some flags, or all, could not be downloaded",
      "2:the command line is wrong",
      "3:some flags do not exist; no other errors",
      "130:interrupted (Ctrl-C); what was finished by then is kept"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  heddle flags                        20 flags, all styles, compared",
      "  heddle flags BR US F                Brazil, the USA, and all that begin with F",
      "  heddle flags -s ERROR -v            a server that fails a quarter of the time",
      "  heddle flags -a --style threads     every flag there is, many at once",
      "  heddle flags --delay 500-5000       as slow as the server in Fluent Python"
    })
final class FlagsCommand implements Callable<Integer> {
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "CC",
      arity = "0..*",
      description = "Country codes of two letters, or single letters for all codes that begin with them.")
  private List<String> countries = new ArrayList<>();

  @Option(names = {"-a", "--all"}, description = "Download every flag there is.")
  private boolean all;

  @Option(names = {"-e", "--every"}, description = "Try every code from AA to ZZ; most do not exist.")
  private boolean every;

  @Option(names = {"-l", "--limit"}, paramLabel = "N", description = "Only the first N of the codes, in their order.")
  private @Nullable Integer limit;

  @Option(
      names = {"-m", "--max-req"},
      paramLabel = "N",
      defaultValue = "30",
      description = "At most N requests at once (default: ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "LABEL",
      defaultValue = "DELAY",
      description = "LOCAL replies at once, DELAY after a while, ERROR also fails a quarter of the time (default:"
          + " ${DEFAULT-VALUE}).")
  private String label = "DELAY";

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "all",
      description = "sequential (one after the other), threads (many at once), async (many at once on one thread) or all, to compare"
              + " (default: ${DEFAULT-VALUE}).")
  private String style = "all";

  @Option(
      names = "--delay",
      paramLabel = "MIN-MAX",
      description = "How long the server takes to reply, in milliseconds (default: 50-150; the book's takes 500-5000).")
  private @Nullable String delay;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + Site.DEFAULT_SEED,
      description = "What the delays and failures are drawn from (default: ${DEFAULT-VALUE}); the same seed, the same ones.")
  private long seed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long one whole reply may take (default: ${DEFAULT-VALUE}).")
  private double timeout;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often to try again after a failure that may pass: status 408, 429 or 5xx, a lost connection, a"
          + " time-out (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(names = "--fresh", description = "Download also what is there already.")
  private boolean fresh;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "downloaded",
      description = "Where the flags go (default: ${DEFAULT-VALUE}/).")
  private Path folder = Path.of("downloaded");

  @Option(names = {"-v", "--verbose"}, description = "Say what became of each flag; no progress bar.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the report as JSON, and nothing else, on standard output.")
  private boolean json;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() {
    List<Style> styles = checked("--style", style, Style::parse);
    Site site = site();
    List<String> codes = codes();
    DownloadOptions options = options(styles.size() > 1);
    try (FlagFolder flags = FlagFolder.open(folder);
        FlagServer server = FlagServer.start(site);
        FlagsCommandInterrupt _ = FlagsCommandInterrupt.ofThisThread()) {
      return new FlagsCommandRun(site, server, flags, options, display()).run(styles, codes);
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

  private Site site() {
    Site site = Site.of(checked("--server", label, Site.Label::parse)).withSeed(seed);
    return delay == null ? site : checked("--delay", delay, text -> withDelay(site, text));
  }

  private static Site withDelay(Site site, String text) {
    Matcher delay = DELAY.matcher(text);
    if (!delay.matches()) {
      throw new IllegalArgumentException(
          "delay must be two numbers of milliseconds, such as 50-150, or a single one, but was '" + text + "'");
    }
    if (site.label() == Site.Label.LOCAL) {
      throw new IllegalArgumentException("a LOCAL server replies at once; use -s DELAY with a delay of '" + text + "'");
    }
    String longest = delay.group(2) == null ? delay.group(1) : delay.group(2);
    return site.withDelay(
        Duration.ofMillis(Long.parseLong(delay.group(1))), Duration.ofMillis(Long.parseLong(longest)));
  }

  private List<String> codes() {
    if ((all ? 1 : 0) + (every ? 1 : 0) + (countries.isEmpty() ? 0 : 1) > 1) {
      throw wrong("only one of country codes, --all and --every can be asked for at once");
    }
    if (limit != null && limit < 1) {
      throw wrong("--limit must be at least 1, but was " + limit + "; leave it out to download them all");
    }
    List<String> codes;
    if (all) {
      codes = Countries.known();
    } else if (every) {
      codes = Countries.everyPair();
    } else if (countries.isEmpty()) {
      codes = Countries.POP20.stream().sorted().toList();
    } else {
      codes = checked("CC", countries, Countries::expand);
    }
    return limit == null || limit >= codes.size() ? codes : codes.subList(0, limit);
  }

  private DownloadOptions options(boolean comparing) {
    if (retries < 0) {
      throw wrong("--retries must not be negative, but was " + retries + "; 0 means one attempt only");
    }
    if (!(timeout >= 0.001 && timeout <= 86_400)) {
      throw wrong("--timeout must be from 0.001 to 86400 seconds, but was " + timeout);
    }
    DownloadOptions defaults = DownloadOptions.defaults();
    return checked("--max-req", maxConnections, defaults::withMaxConnections)
        .withTimeout(Duration.ofNanos((long) (timeout * 1e9)))
        .withRetry(retries == 0 ? Retry.NEVER : Retry.times(retries + 1))
        .withFresh(fresh || comparing);
  }

  /** What a value means; a value that means nothing is wrong usage. */
  private <T, R> R checked(String option, T value, Function<T, R> meaning) {
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
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
