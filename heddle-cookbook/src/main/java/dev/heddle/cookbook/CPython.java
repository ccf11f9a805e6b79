package dev.heddle.cookbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** CPython as a peer to measure against, where there is one. */
public final class CPython {
  private static final int PATIENCE_SECONDS = 60;

  private CPython() {}

  /** Says how many seconds a script measures; a recipe's test puts one in the place of CPython's. */
  @FunctionalInterface
  interface Clock {
    OptionalDouble seconds(String script) throws InterruptedException;
  }

  /**
   * Runs a script whose last line of output is a number of seconds, which it measured itself so that its start does not
   * count.
   *
   * @return empty if there is no {@code python3} on the PATH, or if it fails or takes longer than a minute
   */
  public static OptionalDouble seconds(String script) throws InterruptedException {
    try {
      // In a folder of its own, which Python looks into for modules; and in a file, which workers of its pools may import.
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
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1"); // into that folder
    Process python = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
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
  }
}
