package dev.heddle.cli.options;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.futures.Retry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --retries} of commands that transfer files. */
public final class RetryOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--retries", paramLabel = "N", defaultValue = "3", description = "The number of retries after a transient failure: status 408, 429 or 5xx, a lost connection, a"
      + " time-out (default: ${DEFAULT-VALUE}).")
  private int retries;

  /** Returns the retry policy. */
  public Retry retry() {
    if (retries < 0) {
      throw OptionCheck.wrong(spec, "--retries must not be negative, but was " + retries + "; 0 means no retries");
    }
    return retries == 0 ? Retry.NEVER : Retry.times(retries + 1);
  }
}
