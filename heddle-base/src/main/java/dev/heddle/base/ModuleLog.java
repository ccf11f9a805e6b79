package dev.heddle.base;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The log of a module, for errors that must neither be thrown nor vanish. Thread-safe.
 *
 * <p>There is one for each module. Its logger has the module's name, so that users can configure it. The logger is asked for
 * when something is logged, since finding it takes some milliseconds. No method throws: without memory or descriptors the
 * log itself may fail, and its callers must go on.
 */
public final class ModuleLog {
  private static final Map<String, ModuleLog> ALL = new ConcurrentHashMap<>();

  private final String module;
  private volatile System.@Nullable Logger logger;

  private ModuleLog(String module) {
    this.module = module;
  }

  /** Returns the log of a module, such as {@code dev.heddle.subprocess}. */
  public static ModuleLog of(String module) {
    return ALL.computeIfAbsent(module, ModuleLog::new);
  }

  /** Finds the logger, its configuration and the time zone, which may not be possible any more when they are needed. */
  public void load() {
    System.Logger found = System.getLogger(module);
    if (found.isLoggable(System.Logger.Level.WARNING)) { // reads the configuration
      Objects.requireNonNull(ZoneId.systemDefault().getRules()); // reads the time zones
    }
    logger = found;
  }

  /**
   * Logs an error that is not thrown, as a warning.
   *
   * @param what what failed, as the subject of a sentence: "closing the pipe"
   */
  public void ignored(String what, Throwable error) {
    log(System.Logger.Level.WARNING, what, " failed; the error was ignored", error);
  }

  /** Logs a warning. */
  public void warning(String message) {
    log(System.Logger.Level.WARNING, message, "", null);
  }

  /** Logs a warning about an error that is not thrown. */
  public void warning(String message, @Nullable Throwable error) {
    log(System.Logger.Level.WARNING, message, "", error);
  }

  /** Logs that a problem which was logged before is over. */
  public void info(String message) {
    log(System.Logger.Level.INFO, message, "", null);
  }

  /** Logs a detail that helps to find the reason of something. */
  public void detail(String message) {
    log(System.Logger.Level.DEBUG, message, "", null);
  }

  private void log(System.Logger.Level level, String message, String rest, @Nullable Throwable error) {
    try {
      System.Logger known = logger;
      if (known == null) {
        known = System.getLogger(module);
        logger = known;
      }
      known.log(level, message + rest, error);
    } catch (Throwable e) {
      // no memory, no descriptor, or a handler of the user's that throws
    }
  }
}
