package dev.heddle.subprocess;

import java.util.List;

/**
 * Thrown when the thread that waits for a process is interrupted; the process was ended, with all its descendants.
 *
 * <p>The thread's interrupt status is set again, so that callers further up see it too.
 */
public final class ProcessInterruptedException extends SubprocessException {
  private final transient List<CompletedProcess> results;

  ProcessInterruptedException(List<CompletedProcess> results, String what, InterruptedException cause) {
    super("the wait for '" + what + "' was interrupted; its process tree was ended", cause);
    this.results = List.copyOf(results);
  }

  /** How it was ended, and what it had written by then; of a pipeline, its last process. */
  public CompletedProcess result() {
    return results.getLast();
  }
}
