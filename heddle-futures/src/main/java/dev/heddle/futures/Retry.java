package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * The rule by which a failed attempt at a task is followed by another one: exponential backoff with jitter. Immutable.
 *
 * <p>While it waits for its next attempt a task occupies no worker. A retried task may have run in part before: retry only
 * what may safely be done twice.
 *
 * @param attempts the largest number of attempts, at least 1
 * @param delay the pause before the second attempt; it may be zero
 * @param factor the ratio of each pause to the one before, at least 1
 * @param maxDelay the longest pause
 * @param jitter the random share of a pause, from 0 (none) to 1 (all of it), so that failed tasks do not retry in step
 * @param when the failures after which another attempt follows
 */
public record Retry(
    int attempts, Duration delay, double factor, Duration maxDelay, double jitter, Predicate<? super Throwable> when) {

  /** One attempt only. */
  public static final Retry NEVER = new Retry(1, Duration.ZERO, 1, Duration.ZERO, 0, failure -> false);

  /** Checks the values. */
  public Retry {
    Check.positive(attempts, "attempts", "1 means no retry");
    Check.notNegative(delay, "delay", "Duration.ZERO retries at once");
    Check.notNegative(maxDelay, "maxDelay", "Duration.ZERO retries at once");
    Check.notNull(when, "when");
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("factor must be at least 1, but was " + factor + "; 1 keeps the pauses equal");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter + "; 0 means exact pauses");
    }
  }

  /** Several attempts, with pauses of 100 ms, 200 ms, 400 ms … up to 10 s, half of each random, after any exception. */
  public static Retry times(int attempts) {
    return new Retry(
        attempts, Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.5, failure -> failure instanceof Exception);
  }

  /** This policy with another first pause, and a longest pause of at least as much. */
  public Retry withDelay(Duration delay) {
    Duration longest = Check.notNull(delay, "delay").compareTo(maxDelay) > 0 ? delay : maxDelay;
    return new Retry(attempts, delay, factor, longest, jitter, when);
  }

  /** This policy with pauses that grow by another factor, at least 1. */
  public Retry withFactor(double factor) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when);
  }

  /** This policy with another longest pause. */
  public Retry withMaxDelay(Duration maxDelay) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when);
  }

  /** This policy with another random share, from 0 to 1. */
  public Retry withJitter(double jitter) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when);
  }

  /** This policy for some failures only. */
  public Retry when(Predicate<? super Throwable> when) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when);
  }

  /**
   * Returns whether another attempt follows one that failed.
   *
   * @param attempt 1 for the first
   */
  public boolean allows(int attempt, Throwable failure) {
    return attempt < attempts && when.test(failure);
  }

  /**
   * Returns the pause after an attempt that failed, with a new random share each time; for code that repeats calls itself.
   *
   * @param attempt 1 for the first
   */
  public Duration pause(int attempt) {
    Check.positive(attempt, "attempt", "1 is the first");
    double full = Math.min(Check.nanos(delay) * Math.pow(factor, attempt - 1), (double) Check.nanos(maxDelay));
    double random = jitter == 0 ? 0 : full * jitter * ThreadLocalRandom.current().nextDouble();
    return Duration.ofNanos((long) (full - random));
  }
}
