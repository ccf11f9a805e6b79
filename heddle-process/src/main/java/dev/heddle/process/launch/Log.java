package dev.heddle.process.launch;

/** Where errors go that harm nobody but must not vanish. */
public final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.process");

  private Log() {}

  /** Logs a warning. */
  static void warning(String what) {
    LOGGER.log(System.Logger.Level.WARNING, what);
  }

  /** Says what somebody who looks for the reason of something wants to know, and nobody else. */
  static void detail(String what) {
    LOGGER.log(System.Logger.Level.DEBUG, what);
  }

  public static void ignored(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " failed; the error is ignored", error);
  }
}
