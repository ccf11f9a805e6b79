package dev.heddle.cli.options;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.futures.Rate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options {@code --rate} and {@code --per-host}: limits of requests, which apply to each run of a style. */
public final class LimitOptions {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(s|min|h)");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--rate", paramLabel = "N/s", description = "Begin at most N requests a second, evenly, repeated ones included; N/min and N/h count by the minute"
      + " and the hour.")
  private @Nullable String rate;

  @Option(names = "--per-host", paramLabel = "N", description = "At most N requests to one host at once; those that wait take no connection.")
  private @Nullable Integer perHost;

  /** Returns options with these limits. */
  public DownloadOptions of(DownloadOptions options) {
    DownloadOptions limited = options;
    if (perHost != null) {
      limited = OptionCheck.checked(spec, "--per-host", perHost, limited::withPerHost);
    }
    if (rate != null) {
      limited = limited.withRate(OptionCheck.checked(spec, "--rate", rate, LimitOptions::parse));
    }
    return limited;
  }

  private static Rate parse(String text) {
    Matcher parts = RATE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no rate; give one such as 5/s, 100/min or 2000/h");
    }
    int permits = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Rate.perSecond(permits);
      case "min" -> Rate.perMinute(permits);
      default -> Rate.of(permits, Duration.ofHours(1));
    };
  }
}
