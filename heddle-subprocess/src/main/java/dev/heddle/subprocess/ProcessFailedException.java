package dev.heddle.subprocess;

/**
 * Thrown when a process whose exit code is checked ended with one that is not allowed.
 *
 * <p>Origin: Python's {@code subprocess.CalledProcessError}.
 */
public final class ProcessFailedException extends SubprocessException {
  private final transient CompletedProcess result;

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public ProcessFailedException(CompletedProcess result) {
    super("'" + result.command().described() + "' " + result.ending() + "; allowed are "
        + result.command().allowedExitCodes() + result.lastWords(), null);
    this.result = result;
  }

  /** Returns how the process ended and what it wrote. */
  public CompletedProcess result() {
    return result;
  }
}
