package dev.heddle.asyncio;

import java.io.IOException;

/** Thrown by a read that has found more bytes than it may return. Origin: {@code LimitOverrunError}. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1;

  private final int longest;

  /** An exception that names the limit and the remedy. */
  public LineTooLongException(String message, int longest) {
    super(message);
    this.longest = longest;
  }

  /** The largest number of bytes that was allowed. */
  public int longest() {
    return longest;
  }
}
