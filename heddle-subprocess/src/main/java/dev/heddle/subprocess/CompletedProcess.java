package dev.heddle.subprocess;

import dev.heddle.base.Cells;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The result of a process: how it ended and what it wrote. Immutable.
 *
 * <p>Origin: Python's {@code subprocess.CompletedProcess}. Its negative return codes are {@link #signal()} here.
 */
public final class CompletedProcess {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  private final Command command;
  private final long pid;
  private final int exitCode;
  private final byte[] stdout;
  private final byte[] stderr;
  private final boolean stdoutTruncated;
  private final boolean stderrTruncated;
  private final Duration duration;
  private final boolean outputHeld;

  /**
   * Creates a result, for fakes in tests; {@link Subprocess} makes the others.
   *
   * @param exitCode 128 plus the number of the signal if one killed the process
   * @param isStdoutTruncated whether the process had written more to standard output
   * @param isStderrTruncated whether the process had written more to standard error
   * @param isOutputHeld whether another process still had the output open
   */
  public CompletedProcess(
      Command command,
      long pid,
      int exitCode,
      byte[] stdout,
      byte[] stderr,
      boolean isStdoutTruncated,
      boolean isStderrTruncated,
      Duration duration,
      boolean isOutputHeld) {
    this.command = Check.notNull(command, "command");
    this.pid = pid;
    this.exitCode = exitCode;
    this.stdout = stdout.clone();
    this.stderr = stderr.clone();
    this.stdoutTruncated = isStdoutTruncated;
    this.stderrTruncated = isStderrTruncated;
    this.duration = Check.notNull(duration, "duration");
    this.outputHeld = isOutputHeld;
  }

  /** Returns the command. */
  public Command command() {
    return command;
  }

  /** Returns the process id that the process had. */
  public long pid() {
    return pid;
  }

  /** Returns the exit code; 128 plus the number of the signal if one killed the process, as in a shell. */
  public int exitCode() {
    return exitCode;
  }

  /**
   * Returns the signal that killed the process, such as 15 for SIGTERM and 9 for SIGKILL; empty if it exited by itself.
   *
   * <p>Java gives the exit code only: a program that exits by itself with 129 to 192 seems to have been killed.
   */
  public OptionalInt signal() {
    int signal = exitCode - SIGNALLED;
    return signal >= 1 && signal <= LAST_SIGNAL ? OptionalInt.of(signal) : OptionalInt.empty();
  }

  /** Returns whether the exit code is one of the command's allowed ones. */
  public boolean isSuccess() {
    return command.allowedExitCodes().contains(exitCode);
  }

  /** Returns the captured standard output as text. Bytes that are invalid in the command's charset become U+FFFD. */
  public String stdout() {
    return new String(stdout, command.charset());
  }

  /** Returns the captured standard error as text. */
  public String stderr() {
    return new String(stderr, command.charset());
  }

  /** Returns the lines of the captured standard output. */
  public List<String> lines() {
    return stdout().lines().toList();
  }

  /** Returns a copy of the captured standard output. */
  public byte[] stdoutBytes() {
    return stdout.clone();
  }

  /** Returns a copy of the captured standard error. */
  public byte[] stderrBytes() {
    return stderr.clone();
  }

  /** Returns whether the process wrote more to standard output than was kept. */
  public boolean isStdoutTruncated() {
    return stdoutTruncated;
  }

  /** Returns whether the process wrote more to standard error than was kept. */
  public boolean isStderrTruncated() {
    return stderrTruncated;
  }

  /**
   * Returns whether another process still had the output open when this one had ended, and was silent for the command's
   * {@code linger}; its later output is missing here.
   */
  public boolean isOutputHeld() {
    return outputHeld;
  }

  /** Returns the time from the start until the process and its output had ended. */
  public Duration duration() {
    return duration;
  }

  /**
   * Returns this result, if the exit code is allowed.
   *
   * @throws ProcessFailedException if it is not
   */
  public CompletedProcess orThrow() {
    if (!isSuccess()) {
      throw new ProcessFailedException(this);
    }
    return this;
  }

  /** Returns the end as a phrase for messages. */
  String ending() {
    return signal().isPresent() ? "was killed by signal " + signal().getAsInt() : "ended with exit code " + exitCode;
  }

  /** Returns the end of its standard error, or else of its standard output, for messages. */
  String lastWords() {
    byte[] bytes = stderr.length > 0 ? stderr : stdout;
    int from = Math.max(0, bytes.length - 400);
    String text = new String(bytes, from, bytes.length - from, command.charset()).strip();
    return text.isEmpty() ? "" : ": " + (from > 0 ? "..." : "") + Cells.printableLines(text);
  }

  @Override
  public String toString() {
    return "CompletedProcess[" + command.described() + " " + ending() + " after " + Describe.measured(duration) + ", "
        + stdout.length + " and " + stderr.length + " bytes of output]";
  }
}
