package dev.heddle.process.launch;

import dev.heddle.dispatch.WorkerEnd;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.process.WorkerStartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of a worker process: its exit code or signal, and the reason. Immutable.
 *
 * @param pid its process id, or -1 if it never had one
 * @param exitCode its exit code, or -1 if it is not known
 * @param signal the signal that ended it, or 0
 * @param reason in words
 * @param tail the end of what it wrote to standard error, and to standard output past Java's streams
 * @param errorReport the JVM's report, or null
 * @param sources where the options of its JVM came from
 */
public record ProcessEnd(long pid, int exitCode, int signal, String reason, String tail, @Nullable Path errorReport,
    OptionSources sources)
    implements
      WorkerEnd {
  private static final int SIGNALLED = 128;
  private static final int OUT_OF_MEMORY = 3; // what -XX:+ExitOnOutOfMemoryError exits with
  private static final String OUT_OF_MEMORY_SAYS = "Terminating due to java.lang.OutOfMemoryError";

  /**
   * Reads the reason from the traces a process has left.
   *
   * @param orderly whether it said that its JVM was about to exit
   * @param imposed why this side ended it, or null if it did not
   */
  static ProcessEnd of(
      long pid, int exitCode, boolean orderly, @Nullable String imposed, String tail, @Nullable Path errorReport,
      OptionSources sources) {
    int signal = !orderly && exitCode > SIGNALLED && exitCode < SIGNALLED + 65 ? exitCode - SIGNALLED : 0;
    String reason;
    if (imposed != null) {
      reason = imposed;
    } else if (exitCode == OUT_OF_MEMORY && tail.contains(OUT_OF_MEMORY_SAYS)) {
      String error = tail.substring(tail.indexOf("java.lang.OutOfMemoryError")).lines().findFirst().orElse("");
      reason = "it ran out of memory (" + error + "); give it more by withJvm(jvm -> jvm.withHeap(…)), or the task less";
    } else if (errorReport != null) {
      reason = "fatal error of its JVM" + (signal > 0 ? " (" + name(signal) + ")" : "");
    } else if (orderly && exitCode > SIGNALLED) {
      reason = name(exitCode - SIGNALLED) + " or System.exit(" + exitCode + ")";
    } else if (orderly) {
      reason = "System.exit(" + exitCode + ") was called";
    } else if (signal > 0) {
      reason = "killed by " + name(signal) + (signal == 9 ? ", by another process or for lack of memory in the system" : "");
    } else {
      reason = "its process exited with code " + exitCode + " (Runtime.halt, or native code)";
    }
    return new ProcessEnd(pid, exitCode, signal, reason, tail, errorReport, sources);
  }

  private static String name(int signal) {
    return switch (signal) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 4 -> "SIGILL";
      case 6 -> "SIGABRT";
      case 7 -> "SIGBUS";
      case 8 -> "SIGFPE";
      case 9 -> "SIGKILL";
      case 11 -> "SIGSEGV";
      case 15 -> "SIGTERM";
      default -> "signal " + signal;
    };
  }

  /** Returns this end with what was printed by {@code System.err} before it. */
  public ProcessEnd after(Tail printed) {
    return new ProcessEnd(pid, exitCode, signal, reason, printed.add(tail).toString(), errorReport, sources);
  }

  @Override
  public Throwable failureOf(String task) {
    return failure(task, reason);
  }

  @Override
  public Throwable failureBefore(String task) {
    return failure(task, reason + "; it had not begun the task, and the workers that were given it before ended likewise");
  }

  private WorkerCrashedException failure(String task, String why) {
    return new WorkerCrashedException(
        "worker " + pid + " ended while it ran task '" + task + "': " + why + "; the pool goes on with another worker"
            + details(),
        task, pid, exitCode, signal, why, tail, errorReport);
  }

  @Override
  public Throwable startFailure() {
    return new WorkerStartException("a worker ended before it was ready: " + reason + details(), null);
  }

  @Override
  public String startRemedy() {
    return StartRemedy.of(reason, tail, sources);
  }

  @Override
  public String details() {
    return (errorReport == null ? "" : "; the JVM's report: " + errorReport)
        + (tail.isBlank() ? "" : "; it last wrote:\n" + tail.strip());
  }
}
