package dev.heddle.futures;

import java.text.MessageFormat;
import java.util.Queue;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The loggers of this module's tests: they keep the warnings, so that tests can see them, and print nothing. */
public final class RecordingLoggerFinder extends System.LoggerFinder {
  private static final Queue<Warning> WARNINGS = new ConcurrentLinkedQueue<>();

  /**
   * A warning.
   *
   * @param logger the logger's name
   */
  record Warning(String logger, String text) {}

  /** The warnings of all loggers since the start of the JVM. */
  static Queue<Warning> warnings() {
    return WARNINGS;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Recorder(name);
  }

  private record Recorder(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= Level.WARNING.getSeverity();
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        WARNINGS.add(new Warning(name, String.valueOf(text)));
      }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object @Nullable... values) {
      log(level, bundle, values == null ? format : MessageFormat.format(String.valueOf(format), values), (Throwable) null);
    }
  }
}
