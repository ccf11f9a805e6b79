package dev.heddle.process;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a task whose worker ended while the task ran: by a crash, an exit, running out of memory, or a kill from
 * outside. Tasks that had not begun in that worker are not affected; they run in another.
 *
 * <p>Retrying such a task is safe only if it may run twice.
 */
public final class WorkerCrashedException extends ProcessException {
  private final String task;
  private final long pid;
  private final int exitCode;
  private final int signal;
  private final String reason;
  private final String tail;
  private final @Nullable String errorReport; // a path, which is not serializable, as its text

  /**
   * An error that says which task ended with which worker.
   *
   * @param exitCode as {@link #exitCode}
   * @param signal as {@link #signal}
   * @param reason as {@link #reason}
   * @param outputTail as {@link #outputTail}
   * @param errorReport the JVM's report, or null
   */
  public WorkerCrashedException(
      String message,
      String task,
      long pid,
      int exitCode,
      int signal,
      String reason,
      String outputTail,
      @Nullable Path errorReport) {
    super(message, null);
    this.task = task;
    this.pid = pid;
    this.exitCode = exitCode;
    this.signal = signal;
    this.reason = reason;
    this.tail = outputTail;
    this.errorReport = Objects.toString(errorReport, null);
  }

  /** The name of the task. */
  public String task() {
    return task;
  }

  /** The worker's process id. */
  public long pid() {
    return pid;
  }

  /** The exit code; 128 and the signal's number if a signal ended it. */
  public int exitCode() {
    return exitCode;
  }

  /** The signal that ended it, such as 9 or 11; 0 if none did. */
  public int signal() {
    return signal;
  }

  /** Why it ended, as far as the JVM and the system tell. */
  public String reason() {
    return reason;
  }

  /**
   * The end of what the worker wrote to its standard error, up to the last line it ended: at the most 40 lines and 8,192
   * characters. It may stem from tasks before this one. With it stands what the process wrote past Java's streams, such as
   * the JVM's own last words, to standard output, too.
   */
  public String outputTail() {
    return tail;
  }

  /** The JVM's report of a fatal error, if it wrote one. */
  public Optional<Path> errorReport() {
    return Optional.ofNullable(errorReport).map(Path::of);
  }
}
