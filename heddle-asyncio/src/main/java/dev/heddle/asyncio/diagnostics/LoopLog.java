package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.AsyncioException;
import dev.heddle.base.ModuleLog;
import org.jspecify.annotations.Nullable;

/** The log of this module, for what cannot be reported in any other way. */
public final class LoopLog {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.asyncio");

  private LoopLog() {}

  /** Finds the logger: without file descriptors it might not be found when it is needed. */
  public static void load() {
    LOG.load();
  }

  /** Logs a warning. */
  public static void warning(String message, @Nullable Throwable error) {
    LOG.warning(message, error);
  }

  /** Logs a detail that helps to find the reason of something. */
  public static void detail(String message) {
    LOG.detail(message);
  }

  /** Logs a problem that could not be reported, and why. Throws nothing. */
  static void notReported(String message, @Nullable Throwable error, Throwable thrown) {
    try {
      thrown.addSuppressed(new AsyncioException(message, error));
      LOG.warning("the problem handler of an event loop threw; the problem it was given is suppressed in it", thrown);
    } catch (Throwable e) {
      LOG.warning(message, error); // without memory or file descriptors
    }
  }
}
