package dev.heddle.futures;

/** Where errors of other people's callbacks go: they must harm no task, and must not vanish. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.futures");

  private Log() {}

  static void ignored(String what, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, what + " threw; it was ignored", error);
  }
}
