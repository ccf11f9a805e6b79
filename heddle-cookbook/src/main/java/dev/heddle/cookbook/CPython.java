package dev.heddle.cookbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** CPython, if it is installed, as a peer for measurements. */
public final class CPython {
  private static final int PATIENCE_SECONDS = 60;

  private CPython() {}

  /** Measures the seconds of a script; replaceable by tests. */
  @FunctionalInterface
  interface Clock {
    OptionalDouble seconds(String script) throws InterruptedException;
  }

  /**
   * Runs a script whose last line of output is a number of seconds, which it measures itself, so that the start of the
   * interpreter does not count.
   *
   * @return empty if there is no {@code python3} on the PATH, or if it fails or takes longer than a minute
   */
  public static OptionalDouble seconds(String script) throws InterruptedException {
    try {
      // In a file, since worker processes import it, and in its own folder, since Python searches that for modules.
      Path folder = Files.createTempDirectory("heddle-python");
      Path file = folder.resolve("measured.py");
      try {
        return run(Files.writeString(file, script));
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException absent) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble run(Path script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("python3", script.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1"); // no cache files in that folder
    Process python = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    python.getOutputStream().close();
    try (var lines = python.inputReader()) {
      // Its few lines of output fit into the pipe, so waiting first cannot block it.
      if (!python.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || python.exitValue() != 0) {
        return OptionalDouble.empty();
      }
      return lines.lines().reduce((before, last) -> last).map(Double::parseDouble).map(OptionalDouble::of)
          .orElseGet(OptionalDouble::empty);
    } finally {
      python.destroyForcibly();
    }
  }
}
