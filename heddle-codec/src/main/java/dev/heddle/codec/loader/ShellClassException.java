package dev.heddle.codec.loader;

import java.io.IOException;

/** Signals that a task uses a class of a jshell session and must be encoded together with the session's state. */
public final class ShellClassException extends IOException {

  /** Creates the signal; it has no stack trace, since it is not an error and is thrown often. */
  public ShellClassException() {
    super("a class of jshell");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
