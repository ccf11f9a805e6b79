package dev.heddle.subprocess;

import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.List;

/**
 * Thrown when a process did not end in time; it was ended, with all its descendants, and what it had written is kept.
 *
 * <p>Origin: Python's {@code subprocess.TimeoutExpired}.
 */
public final class ProcessTimeoutException extends SubprocessException {
  private final transient List<CompletedProcess> results;
  private final Duration timeout;

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public ProcessTimeoutException(List<CompletedProcess> results, Duration timeout, String what) {
    super("'" + what + "' did not end within " + Describe.duration(timeout)
        + "; its process tree was ended. What it wrote is in result();"
        + " give it a longer timeout, or none" + results.getLast().lastWords(), null);
    this.results = List.copyOf(results);
    this.timeout = timeout;
  }

  /** Returns how the process ended, and what it had written; of a pipeline, its last process. */
  public CompletedProcess result() {
    return results.getLast();
  }

  /** Returns the results of all processes of a pipeline. */
  public List<CompletedProcess> results() {
    return results;
  }

  /** Returns the time-out. */
  public Duration timeout() {
    return timeout;
  }
}
