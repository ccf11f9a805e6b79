package dev.heddle.subprocess;

import java.util.List;

/**
 * Thrown when the thread that waits for a process is interrupted; the process was ended, with all its descendants.
 *
 * <p>The interrupt status of the thread is set again, so that its callers see it too.
 */
public final class ProcessInterruptedException extends SubprocessException {
  private final transient List<CompletedProcess> results;

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public ProcessInterruptedException(List<CompletedProcess> results, String what, InterruptedException cause) {
    super("the wait for '" + what + "' was interrupted; its process tree was ended", cause);
    this.results = List.copyOf(results);
  }

  /** Returns how the process ended, and what it had written; of a pipeline, its last process. */
  public CompletedProcess result() {
    return results.getLast();
  }
}
