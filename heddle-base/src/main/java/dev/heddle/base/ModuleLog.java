package dev.heddle.base;

import org.jspecify.annotations.Nullable;

/**
 * The log of a module, for errors that must neither be thrown nor vanish. Thread-safe.
 *
 * <p>The logger has the module's name, so that users can configure it.
 */
public final class ModuleLog {
  private final System.Logger logger;

  private ModuleLog(System.Logger logger) {
    this.logger = logger;
  }

  /** Returns the log of a module, such as {@code dev.heddle.subprocess}. */
  public static ModuleLog of(String module) {
    return new ModuleLog(System.getLogger(module));
  }

  /**
   * Logs an error that is not thrown, as a warning.
   *
   * @param what what failed, as the subject of a sentence: "closing the pipe"
   */
  public void ignored(String what, Throwable error) {
    logger.log(System.Logger.Level.WARNING, what + " failed; the error was ignored", error);
  }

  /** Logs a warning. */
  public void warning(String message) {
    logger.log(System.Logger.Level.WARNING, message);
  }

  /** Logs a warning about an error that is not thrown. */
  public void warning(String message, @Nullable Throwable error) {
    logger.log(System.Logger.Level.WARNING, message, error);
  }

  /** Logs a detail that helps to find the reason of something. */
  public void detail(String message) {
    logger.log(System.Logger.Level.DEBUG, message);
  }
}
