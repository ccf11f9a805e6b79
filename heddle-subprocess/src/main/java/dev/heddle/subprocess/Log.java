package dev.heddle.subprocess;

/** Where errors go that must harm nobody and must not vanish. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.subprocess");

  private Log() {}

  static void ignored(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " failed; it was ignored", error);
  }
}
