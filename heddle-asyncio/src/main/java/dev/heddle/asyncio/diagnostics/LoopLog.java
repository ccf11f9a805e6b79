package dev.heddle.asyncio.diagnostics;

import dev.heddle.base.ModuleLog;
import org.jspecify.annotations.Nullable;

/** The log of this module, for what cannot be reported in any other way. */
public final class LoopLog {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.asyncio");

  private LoopLog() {}

  /** Logs a warning. */
  public static void warning(String message, @Nullable Throwable error) {
    LOG.warning(message, error);
  }

  /** Logs a detail that helps to find the reason of something. */
  public static void detail(String message) {
    LOG.detail(message);
  }
}
