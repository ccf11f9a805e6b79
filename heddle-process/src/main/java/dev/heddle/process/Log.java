package dev.heddle.process;

/** Where errors go that harm nobody but must not vanish. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.process");

  private Log() {}

  static void ignored(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " failed; the error is ignored", error);
  }
}
