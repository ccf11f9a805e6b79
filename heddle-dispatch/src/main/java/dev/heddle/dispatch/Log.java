package dev.heddle.dispatch;

/** The log of errors that harm no task but must not vanish. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.dispatch");

  private Log() {}

  static void ignored(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " failed; the error is ignored", error);
  }
}
