package dev.heddle.process;

import java.util.Objects;

/**
 * The stack trace of an exception in the worker process that threw it; the root cause of a remote exception. Its text names
 * the worker's process id and the task, and is the stack trace as the worker saw it.
 *
 * <p>It has no stack trace of its own. Modelled on the {@code _RemoteTraceback} of Python's {@code concurrent.futures}.
 */
public final class RemoteStackTrace extends Exception {

  /** A stack trace; {@code text} is its whole text. */
  public RemoteStackTrace(String text) {
    super(Objects.requireNonNull(text, "text must not be null"), null, false, false);
  }

  /** The text. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // the message is the whole text; the class's name before it would only disturb
  public String toString() {
    return String.valueOf(getMessage());
  }
}
