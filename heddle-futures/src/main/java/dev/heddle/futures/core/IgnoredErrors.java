package dev.heddle.futures.core;

/** Logs errors that must not fail a task, such as those of callbacks, listeners and engines. Thread-safe. */
public final class IgnoredErrors {
  private IgnoredErrors() {}

  /** Logs an error as a warning: "{@code what} threw; it was ignored". Does not throw. */
  public static void log(String what, Throwable error) {
    log(what, "", error);
  }

  /**
   * Logs an error as a warning: "{@code what about} threw; it was ignored". Does not throw.
   *
   * @param about is made a text here, where that may fail: there may be no memory for it
   */
  public static void log(String what, Object about, Throwable error) {
    try {
      // no constant: its initialization may fail when memory has run out, and would fail for good then
      System.getLogger("dev.heddle.futures").log(System.Logger.Level.WARNING, what + about + " threw; it was ignored",
          error);
    } catch (Throwable e) {
      // a logger that fails, or no memory for the message, must not fail the task either
    }
  }
}
