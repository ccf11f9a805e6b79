package dev.heddle.cookbook;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** CPython as a peer to measure against, where there is one. */
public final class CPython {
  private static final int PATIENCE_SECONDS = 60;

  private CPython() {}

  /**
   * Runs a script whose last line of output is a number of seconds, which it measured itself so that its start does not count.
   *
   * @return empty if there is no {@code python3} on the PATH, or if it fails or takes longer than a minute
   */
  public static OptionalDouble seconds(String script) throws InterruptedException {
    try {
      Process python =
          new ProcessBuilder("python3", "-c", script).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      python.getOutputStream().close();
      try (var lines = python.inputReader()) {
        // The few lines it prints fit into the pipe, so that it can be waited for first.
        if (!python.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || python.exitValue() != 0) {
          return OptionalDouble.empty();
        }
        return lines.lines().reduce((before, last) -> last).map(Double::parseDouble).map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
      } finally {
        python.destroyForcibly();
      }
    } catch (IOException absent) {
      return OptionalDouble.empty();
    }
  }
}
