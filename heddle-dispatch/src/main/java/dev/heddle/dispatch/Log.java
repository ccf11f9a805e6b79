package dev.heddle.dispatch;

/** The log of errors that harm no task but must not vanish. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.dispatch");

  private Log() {}

  /** Initializes this class, which may not be possible when it is needed. */
  static void load() {}

  static void ignored(String what, Throwable error) {
    try {
      LOGGER.log(System.Logger.Level.WARNING, what + " failed; the error is ignored", error);
    } catch (Throwable e) {
      // without descriptors or memory the log itself may fail, and its callers must go on
    }
  }
}
