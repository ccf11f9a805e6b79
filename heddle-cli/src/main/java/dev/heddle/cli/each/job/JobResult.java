package dev.heddle.cli.each.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The result of one job.
 *
 * @param number the number of the job, from 1, in the order of the inputs
 * @param startMillis the start time, in milliseconds since 1970
 * @param exitCode the exit code of the last attempt; -1 after a time-out, 127 if it could not be started
 * @param signal the signal that ended it, or 0
 * @param ended whether it ended by itself; false if it was stopped, also by a SIGINT from the terminal
 * @param problem why there is no exit code of the command, or null
 */
public record JobResult(
    long number,
    JobInput input,
    long startMillis,
    double seconds,
    long outputBytes,
    int exitCode,
    int signal,
    boolean ended,
    @Nullable String problem,
    Path out,
    Path err) {

  /** The signal that a terminal sends on Ctrl-C to all its processes, including the jobs. */
  public static final int SIGINT = 2;

  /** The exit code of a shell whose command was ended by SIGINT. */
  public static final int INTERRUPTED = 130;

  public boolean isSuccess() {
    return ended && exitCode == 0 && problem == null;
  }

  /** Returns the exit code, as a shell would report it. */
  public int status() {
    return exitCode < 0 ? 255 : exitCode;
  }
}
