package dev.heddle.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a process ended and what it wrote. Immutable.
 *
 * <p>Origin: Python's {@code subprocess.CompletedProcess}. Its negative return codes are {@link #signal()} here.
 */
public final class CompletedProcess {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  private final Command command;
  private final long pid;
  private final int exitCode;
  private final Captured stdout;
  private final Captured stderr;
  private final Duration duration;
  private final boolean outputHeld;

  /** What was kept of an output. */
  static final class Captured {
    static final Captured NOTHING = new Captured(new byte[0], false);

    private final byte[] bytes;
    private final boolean truncated;

    Captured(byte[] bytes, boolean truncated) {
      this.bytes = bytes;
      this.truncated = truncated;
    }
  }

  CompletedProcess(
      Command command, long pid, int exitCode, Captured stdout, Captured stderr, Duration duration, boolean outputHeld) {
    this.command = command;
    this.pid = pid;
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
    this.duration = duration;
    this.outputHeld = outputHeld;
  }

  /** What was run. */
  public Command command() {
    return command;
  }

  /** The number that the process had. */
  public long pid() {
    return pid;
  }

  /** The exit code; 128 and the signal's number if a signal killed it, as a shell gives it. */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The signal that killed it, such as 15 for SIGTERM and 9 for SIGKILL; empty if it ended by itself.
   *
   * <p>Java tells the exit code only, so that a program which ends by itself with 129 to 192 is taken to be killed.
   */
  public OptionalInt signal() {
    int signal = exitCode - SIGNALLED;
    return signal >= 1 && signal <= LAST_SIGNAL ? OptionalInt.of(signal) : OptionalInt.empty();
  }

  /** Whether the exit code is one of the command's allowed ones. */
  public boolean isSuccess() {
    return command.allowedExitCodes().contains(exitCode);
  }

  /** The captured standard output as text. Bytes that mean nothing in the command's charset become U+FFFD. */
  public String stdout() {
    return new String(stdout.bytes, command.charset());
  }

  /** The captured standard error as text. */
  public String stderr() {
    return new String(stderr.bytes, command.charset());
  }

  /** The lines of the captured standard output. */
  public List<String> lines() {
    return stdout().lines().toList();
  }

  /** A copy of the captured standard output. */
  public byte[] stdoutBytes() {
    return stdout.bytes.clone();
  }

  /** A copy of the captured standard error. */
  public byte[] stderrBytes() {
    return stderr.bytes.clone();
  }

  /** Whether more was written to standard output than was to be kept. */
  public boolean isStdoutTruncated() {
    return stdout.truncated;
  }

  /** Whether more was written to standard error than was to be kept. */
  public boolean isStderrTruncated() {
    return stderr.truncated;
  }

  /**
   * Whether another process still held the output open, and was silent for the command's {@code linger}, when this one had
   * ended; what it writes later is not in here.
   */
  public boolean isOutputHeld() {
    return outputHeld;
  }

  /** From its start until it and its output had ended. */
  public Duration duration() {
    return duration;
  }

  /**
   * This, if the exit code is allowed.
   *
   * @throws ProcessFailedException if it is not
   */
  public CompletedProcess orThrow() {
    if (!isSuccess()) {
      throw new ProcessFailedException(this);
    }
    return this;
  }

  /** How messages speak of its end. */
  String ending() {
    return signal().isPresent() ? "was killed by signal " + signal().getAsInt() : "ended with exit code " + exitCode;
  }

  /** The end of what it wrote to standard error, or else to standard output, for messages. */
  String lastWords() {
    byte[] bytes = stderr.bytes.length > 0 ? stderr.bytes : stdout.bytes;
    int from = Math.max(0, bytes.length - 400);
    String text = new String(bytes, from, bytes.length - from, command.charset()).strip();
    return text.isEmpty() ? "" : ": " + (from > 0 ? "..." : "") + text;
  }

  @Override
  public String toString() {
    return "CompletedProcess[" + command.described() + " " + ending() + " after " + duration.toMillis() + " ms, "
        + stdout.bytes.length + " and " + stderr.bytes.length + " bytes of output]";
  }
}
