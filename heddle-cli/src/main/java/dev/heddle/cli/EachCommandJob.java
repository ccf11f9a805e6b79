package dev.heddle.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One input, and what became of it.
 *
 * @param number from 1, in the order of the inputs
 * @param startMillis since 1970
 * @param exitCode of the last attempt; -1 after a time-out, 127 if it could not be started
 * @param signal that ended it, or 0
 * @param ended whether it came to its end; false if it was stopped from outside, also by a Ctrl-C that it got itself
 * @param problem why there is no proper exit code, or null
 */
record EachCommandJob(
    long number,
    String input,
    long startMillis,
    double seconds,
    long outputBytes,
    int exitCode,
    int signal,
    boolean ended,
    @Nullable String problem,
    Path out,
    Path err) {

  /** What a terminal sends at Ctrl-C to all that runs in it: the jobs get it too, and may end before it is seen here. */
  static final int SIGINT = 2;

  boolean isSuccess() {
    return ended && exitCode == 0 && problem == null;
  }

  /** The exit code as a shell would tell it. */
  int status() {
    return exitCode < 0 ? 255 : exitCode;
  }
}
