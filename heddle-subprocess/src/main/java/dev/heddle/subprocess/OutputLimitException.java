package dev.heddle.subprocess;

/** Thrown when a process wrote more than was to be captured; it was killed, with all its descendants. */
public final class OutputLimitException extends SubprocessException {
  private final long limit;

  OutputLimitException(String what, long limit) {
    super("'" + what + "' wrote more than the " + limit + " bytes to be captured, and was killed; use"
        + " Output.capture(limit, Overflow.KEEP_FIRST or KEEP_LAST), Output.lines(action) or Output.file(path)", null);
    this.limit = limit;
  }

  /** How many bytes were allowed. */
  public long limit() {
    return limit;
  }
}
