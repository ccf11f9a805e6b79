package dev.heddle.subprocess;

/** Thrown when a process wrote more than the limit of the capture; it was killed, with all its descendants. */
public final class OutputLimitException extends SubprocessException {
  private final long limit;

  /** Creates an exception; this module throws it, and fakes in tests may. */
  public OutputLimitException(String what, long limit) {
    super("'" + what + "' wrote more than the " + limit + " bytes to be captured, and was killed; use"
        + " Output.capture(limit, Overflow.KEEP_FIRST or KEEP_LAST), Output.lines(action) or Output.file(path)", null);
    this.limit = limit;
  }

  /** Returns the limit in bytes. */
  public long limit() {
    return limit;
  }
}
