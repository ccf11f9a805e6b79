package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of one input of a {@link Executor#mapOutcomes}: with a value or with a failure. Immutable.
 *
 * @param <T> the type of the input
 * @param <R> the type of the value
 * @param index the index of the input, from 0
 * @param input the input
 * @param value the function's result; null if it failed
 * @param failure the exception of the last attempt, the object that the function threw; a {@link
 *     java.util.concurrent.CancellationException} if the task was cancelled; null if there is a value
 * @param attempts how many attempts began; 0 if the executor ended before the first
 * @param time from the beginning of the first attempt to the end of the last one, pauses included; that of the whole task if
 *     it had several inputs; zero if none began
 */
public record MapOutcome<T extends @Nullable Object, R extends @Nullable Object>(
    long index, T input, @Nullable R value, @Nullable Throwable failure, int attempts, Duration time) {

  /** Checks the values. */
  public MapOutcome {
    Check.notNegative(index, "index", "the first input has index 0");
    Check.notNegative(attempts, "attempts", "0 means that none began");
    Check.notNegative(time, "time", "Duration.ZERO means that no attempt began");
  }

  /** Returns whether the input has a value, which may be null. */
  public boolean succeeded() {
    return failure == null;
  }

  /**
   * Returns the value.
   *
   * @throws TaskFailedException if there is a failure, which is its cause; it names the input and its index
   */
  @SuppressWarnings("NullAway") // a value is null only if the type of the results allows it
  public R result() {
    if (failure != null) {
      throw TaskFailedException.ofMapInput("map", index, input, failure);
    }
    return value;
  }
}
