package dev.heddle.cli;

import dev.heddle.futures.Retry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often a command is to try a transfer again: what it takes of the command line for it, and what is meant by it. */
final class RetryChoice {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--retries", paramLabel = "N", defaultValue = "3", description = "How often to try again after a failure that may pass: status 408, 429 or 5xx, a lost connection, a"
      + " time-out (default: ${DEFAULT-VALUE}).")
  private int retries;

  /** The retries asked for. */
  Retry retry() {
    if (retries < 0) {
      throw Usage.wrong(spec, "--retries must not be negative, but was " + retries + "; 0 means one attempt only");
    }
    return retries == 0 ? Retry.NEVER : Retry.times(retries + 1);
  }
}
