package dev.heddle.cli;

import dev.heddle.flags.Site;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the server of flags is to behave: what a command takes of the command line for it, and what is meant by it. */
final class SiteChoice {
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = {"-s",
      "--server"}, paramLabel = "LABEL", defaultValue = "DELAY", description = "LOCAL replies at once, DELAY after a while, ERROR also fails a quarter of the time (default:"
          + " ${DEFAULT-VALUE}).")
  private String label = "DELAY";

  @Option(names = "--delay", paramLabel = "MIN-MAX", description = "How long the server takes to reply, in milliseconds (default: 50-150; the book's takes 500-5000).")
  private @Nullable String delay;

  @Option(names = "--seed", paramLabel = "N", defaultValue = ""
      + Site.DEFAULT_SEED, description = "What the delays and failures are drawn from (default: ${DEFAULT-VALUE}); the same seed, the same ones.")
  private long seed;

  /** The site asked for. */
  Site site() {
    Site site = Site.of(Usage.checked(spec, "--server", label, Site.Label::parse)).withSeed(seed);
    return delay == null ? site : Usage.checked(spec, "--delay", delay, text -> withDelay(site, text));
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
}
