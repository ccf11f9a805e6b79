package dev.heddle.futures.spi;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a task that had some results before it failed, such as a chunk of a map. The cause is the exception.
 *
 * <p>An engine that runs tasks elsewhere transfers the results and the cause separately: if one of them cannot be sent, the
 * others still arrive. Immutable; the results are not copied and must not be changed.
 */
public final class PartialFailure extends Exception {
  private final transient @Nullable Object @Nullable [] results; // null after a deserialization

  /**
   * A failure after some results.
   *
   * @param results the results before the failure, in order
   */
  public PartialFailure(@Nullable Object[] results, Throwable cause) {
    super("after " + results.length + " results: " + cause.getClass().getName(), cause, false, false);
    this.results = results;
  }

  /** Returns the results before the failure, in order; they are not serialized, so a deserialized failure has none. */
  public @Nullable Object[] results() {
    return results == null ? new Object[0] : results;
  }

  /** Returns the exception of a failed task: the failure itself, or the cause of a partial one. */
  public static Throwable causeOf(Throwable failure) {
    Throwable cause = failure instanceof PartialFailure ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
