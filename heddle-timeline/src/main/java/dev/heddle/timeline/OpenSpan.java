package dev.heddle.timeline;

/**
 * An activity that a {@link TimelineRecorder} knows to be running, until it is ended. Thread-safe; does not block.
 *
 * <p>Only the first call of an {@code end} method counts.
 */
public sealed interface OpenSpan extends AutoCloseable permits RunningSpan {

  /** Ends it as completed, now. */
  default void end() {
    end(Span.Ending.COMPLETED);
  }

  /**
   * Ends it now.
   *
   * @param ending how it ended; not {@link Span.Ending#RUNNING}
   */
  void end(Span.Ending ending);

  /**
   * Ends it now, under another name than it began with.
   *
   * @param name the name of the activity
   * @param ending how it ended; not {@link Span.Ending#RUNNING}
   */
  void end(String name, Span.Ending ending);

  /** Ends it as completed, if it has not ended. */
  @Override
  default void close() {
    end();
  }
}
