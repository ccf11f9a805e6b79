package dev.heddle.cluster;

import java.util.Objects;

/** The stack trace of an exception on the member that threw it; the root cause of a remote exception. It has none of its own. */
public final class MemberStackTrace extends Exception {

  /** A stack trace; {@code text} is its whole text. */
  public MemberStackTrace(String text) {
    super(Objects.requireNonNull(text, "text must not be null"), null, false, false);
  }

  /** The text. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // the message is the whole text; the class's name before it would only disturb
  public String toString() {
    return String.valueOf(getMessage());
  }
}
