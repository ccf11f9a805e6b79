package dev.heddle.futures.core;

/** Logs errors that must not fail a task, such as those of callbacks, listeners and engines. Thread-safe. */
public final class IgnoredErrors {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.futures");

  private IgnoredErrors() {}

  /** Logs an error as a warning: "{@code what} threw; it was ignored". */
  public static void log(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " threw; it was ignored", error);
  }
}
