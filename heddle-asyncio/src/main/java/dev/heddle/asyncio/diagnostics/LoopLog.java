package dev.heddle.asyncio.diagnostics;

import org.jspecify.annotations.Nullable;

/** The logger of this module, for problems that cannot be reported in any other way. */
public final class LoopLog {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.asyncio");

  private LoopLog() {}

  /** Logs a warning. */
  public static void warning(String message, @Nullable Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, message, error);
  }
}
