package dev.heddle.process;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task fails with when its worker ended while it ran: by a crash, an exit, running out of memory, or a kill from
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

  WorkerCrashedException(String task, WorkerEnd end) {
    super(
        "worker " + end.pid() + " ended while it ran task '" + task + "': " + end.reason()
            + "; the pool goes on with another worker" + end.details(),
        null);
    this.task = task;
    this.pid = end.pid();
    this.exitCode = end.exitCode();
    this.signal = end.signal();
    this.reason = end.reason();
    this.tail = end.tail();
    this.errorReport = Objects.toString(end.errorReport(), null);
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
   * characters. It may stem from tasks before this one. With it stands what the process wrote past Java's streams, such as the
   * JVM's own last words, to standard output, too.
   */
  public String outputTail() {
    return tail;
  }

  /** The JVM's report of a fatal error, if it wrote one. */
  public Optional<Path> errorReport() {
    return Optional.ofNullable(errorReport).map(Path::of);
  }
}
