package dev.heddle.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the outcomes that one worker reports. It may call foreign code, so no lock is held when it is called. Thread-safe.
 */
public interface OutcomeReader {

  /** Returns whether the outcome takes next to no time to decode and calls no foreign code. */
  boolean isPlain(byte[] outcome);

  /** Returns the result of a task that succeeded. */
  @Nullable
  Object value(byte[] outcome);

  /**
   * Returns the exception of a task that failed.
   *
   * @param task the task's name
   */
  Throwable failure(byte[] outcome, String task);

  /** Frees what an outcome holds that is not decoded, because its task was cancelled. */
  void discard(byte[] outcome, boolean success);

  /** Frees what the worker has left behind: it has ended, and its last outcome has been decoded. */
  void close();
}
