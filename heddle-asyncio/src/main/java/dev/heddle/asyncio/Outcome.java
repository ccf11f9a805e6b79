package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The end of a task: with a result, an exception, or cancelled.
 *
 * @param <T> the type of the result
 */
public sealed interface Outcome<T extends @Nullable Object> {

  /** The outcome of a task that returned a result. */
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /** The outcome of a task that failed with an exception. */
  record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {}

  /** The outcome of a task that was cancelled. */
  record Cancelled<T extends @Nullable Object>(String message) implements Outcome<T> {}
}
