package dev.heddle.subprocess;

/**
 * Thrown when a process ended with an exit code that is not allowed, and that was to be checked.
 *
 * <p>Origin: Python's {@code subprocess.CalledProcessError}.
 */
public final class ProcessFailedException extends SubprocessException {
  private final transient CompletedProcess result;

  ProcessFailedException(CompletedProcess result) {
    super("'" + result.command().described() + "' " + result.ending() + ", where "
        + result.command().allowedExitCodes() + " is allowed" + result.lastWords(), null);
    this.result = result;
  }

  /** How it ended and what it wrote. */
  public CompletedProcess result() {
    return result;
  }
}
