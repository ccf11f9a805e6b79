package dev.heddle.flags.http;

import java.io.IOException;

/** Thrown when a reply breaks a rule of this client. The message names the URL, the rule and the remedy. */
public final class RefusedReplyException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean isTransient;

  /** Creates an exception; {@code isTransient} says whether the same request may succeed later. */
  public RefusedReplyException(String message, boolean isTransient) {
    super(message);
    this.isTransient = isTransient;
  }

  /** Whether the same request may succeed later. */
  public boolean isTransient() {
    return isTransient;
  }
}
