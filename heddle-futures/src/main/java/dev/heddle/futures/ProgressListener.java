package dev.heddle.futures;

import dev.heddle.base.Check;
import java.util.function.Consumer;

/**
 * A receiver of the reports of a {@link ProgressMeter}, such as a display.
 *
 * <p>Reports come one at a time, in the order of their figures; the last one is marked. Exceptions are logged and do no other
 * harm.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Receives a report. May block: no task waits for it, though a thread that reads counted results does. */
  void report(Progress progress);

  /**
   * Returns a listener that passes each report on as a line of text, for logs and pipes: {@code
   * ProgressListener.lines(System.err::println)}.
   */
  static ProgressListener lines(Consumer<? super String> lines) {
    Check.<Consumer<? super String>>notNull(lines, "lines");
    return progress -> lines.accept(progress.toString());
  }
}
