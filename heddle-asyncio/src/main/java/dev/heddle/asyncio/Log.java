package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The logger of this module: where problems go that nobody else is told. */
final class Log {
  private static final System.Logger LOGGER = System.getLogger("dev.heddle.asyncio");

  private Log() {}

  static void warning(String message, @Nullable Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, message, error);
  }
}
