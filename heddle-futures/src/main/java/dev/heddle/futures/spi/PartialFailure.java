package dev.heddle.futures.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a task ends that has come to some results and then failed, such as a chunk of a map. The cause is what it failed with.
 *
 * <p>An engine that runs tasks elsewhere brings results and cause back apart from each other: one that cannot be sent must not
 * take the others along. Immutable; the results are neither copied nor to be changed.
 */
public final class PartialFailure extends Exception {
  private final transient @Nullable Object @Nullable [] results; // null after a deserialization

  /**
   * A failure after some results.
   *
   * @param results what had come before, in its order
   */
  public PartialFailure(@Nullable Object[] results, Throwable cause) {
    super("after " + results.length + " results: " + cause.getClass().getName(), cause, false, false);
    this.results = results;
  }

  /** What had come before the failure, in its order; it is not serialized, and empty afterwards. */
  public @Nullable Object[] results() {
    return results == null ? new Object[0] : results;
  }

  /** What a task has failed with: a failure itself, or the cause of a partial one. */
  public static Throwable causeOf(Throwable failure) {
    Throwable cause = failure instanceof PartialFailure ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
