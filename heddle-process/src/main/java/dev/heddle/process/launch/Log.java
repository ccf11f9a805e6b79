package dev.heddle.process.launch;

/** The log for errors that have no effect on tasks but must not be lost. */
public final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.process");

  private Log() {}

  /** Logs a warning. */
  static void warning(String what) {
    LOGGER.log(System.Logger.Level.WARNING, what);
  }

  /** Logs a detail for troubleshooting, at level DEBUG. */
  public static void detail(String what) {
    LOGGER.log(System.Logger.Level.DEBUG, what);
  }

  /** Initializes this class, which may not be possible when it is needed. */
  public static void load() {}

  public static void ignored(String what, Throwable error) {
    try {
      LOGGER.log(System.Logger.Level.WARNING, what + " failed; the error is ignored", error);
    } catch (Throwable e) {
      // without descriptors or memory the log itself may fail, and its callers must go on
    }
  }
}
