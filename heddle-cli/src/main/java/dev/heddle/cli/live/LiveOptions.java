package dev.heddle.cli.live;

import dev.heddle.cli.errors.OptionCheck;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that all commands have which look at another JVM. */
public final class LiveOptions {
  private static final int MOST = 3600;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "How long the program may take for each answer, 1 to 3600 (default: ${DEFAULT-VALUE}).")
  private int timeout = 10;

  /** Returns how long to wait for each answer. */
  public Duration patience(CommandSpec command) {
    if (timeout < 1 || timeout > MOST) {
      throw OptionCheck.wrong(command, "--timeout must be from 1 to 3600 seconds, but was " + timeout);
    }
    return Duration.ofSeconds(timeout);
  }
}
