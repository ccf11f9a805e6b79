package dev.heddle.cli.options;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.flags.ServerProfile;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the embedded flag server, shared by {@code flags} and {@code images}. */
public final class ServerOptions {
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = {"-s",
      "--server"}, paramLabel = "LABEL", defaultValue = "DELAY", description = "LOCAL replies at once, DELAY after a delay, ERROR also fails a quarter of the requests (default:"
          + " ${DEFAULT-VALUE}).")
  private String label = "DELAY";

  @Option(names = "--delay", paramLabel = "MIN-MAX", description = "The delay of the server's replies in milliseconds (default: 50-150; in Fluent Python 500-5000).")
  private @Nullable String delay;

  @Option(names = "--seed", paramLabel = "N", defaultValue = ""
      + ServerProfile.DEFAULT_SEED, description = "The seed of the random delays and failures (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** Returns the selected profile. */
  public ServerProfile profile() {
    ServerProfile profile = ServerProfile.of(OptionCheck.checked(spec, "--server", label, ServerProfile.Label::parse))
        .withSeed(seed);
    return delay == null ? profile : OptionCheck.checked(spec, "--delay", delay, text -> withDelay(profile, text));
  }

  private static ServerProfile withDelay(ServerProfile profile, String text) {
    Matcher delay = DELAY.matcher(text);
    if (!delay.matches()) {
      throw new IllegalArgumentException(
          "delay must be two numbers of milliseconds, such as 50-150, or a single one, but was '" + text + "'");
    }
    if (profile.label() == ServerProfile.Label.LOCAL) {
      throw new IllegalArgumentException("a LOCAL server replies at once; use -s DELAY with a delay of '" + text + "'");
    }
    String longest = delay.group(2) == null ? delay.group(1) : delay.group(2);
    return profile.withDelay(
        Duration.ofMillis(Long.parseLong(delay.group(1))), Duration.ofMillis(Long.parseLong(longest)));
  }
}
