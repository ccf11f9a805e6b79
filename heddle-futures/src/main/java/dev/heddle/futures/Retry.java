package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
 * @param pauseOf the pause that a failure asks for, such as the {@code Retry-After} of a server, exactly and whatever the
 *     longest pause; a negative one counts as zero, and null means that the failure asks for none; null means that no
 *     failure does
 * @param deadline the longest time from the beginning of the first attempt to the end of the last one: no attempt begins
 *     later, and one that runs then fails with {@link TaskTimeoutException}, whose time is what was left of the deadline. A
 *     task that pauses, or waits for a permit or a worker, when the deadline passes fails with its last failure; null means
 *     no bound
 * @param budget bounds the retries of all tasks that share it; null means no bound
 */
public record Retry(
    int attempts,
    Duration delay,
    double factor,
    Duration maxDelay,
    double jitter,
    Predicate<? super Throwable> when,
    @Nullable Function<? super Throwable, @Nullable Duration> pauseOf,
    @Nullable Duration deadline,
    @Nullable RetryBudget budget) {

  /** One attempt only. */
  public static final Retry NEVER = new Retry(1, Duration.ZERO, 1, Duration.ZERO, 0, failure -> false, null, null, null);

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
    if (deadline != null) {
      Check.positive(deadline, "deadline", "leave it out for no bound");
    }
  }

  /** Several attempts, with pauses of 100 ms, 200 ms, 400 ms … up to 10 s, half of each random, after any exception. */
  public static Retry times(int attempts) {
    return new Retry(
        attempts, Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.5, failure -> failure instanceof Exception,
        null, null, null);
  }

  /** This policy with another first pause, and a longest pause of at least as much. */
  public Retry withDelay(Duration delay) {
    Duration longest = Check.notNull(delay, "delay").compareTo(maxDelay) > 0 ? delay : maxDelay;
    return new Retry(attempts, delay, factor, longest, jitter, when, pauseOf, deadline, budget);
  }

  /** This policy with pauses that grow by another factor, at least 1. */
  public Retry withFactor(double factor) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, deadline, budget);
  }

  /** This policy with another longest pause. */
  public Retry withMaxDelay(Duration maxDelay) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, deadline, budget);
  }

  /** This policy with another random share, from 0 to 1. */
  public Retry withJitter(double jitter) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, deadline, budget);
  }

  /** This policy for some failures only. */
  public Retry when(Predicate<? super Throwable> when) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, deadline, budget);
  }

  /** This policy for failures of a class only. */
  public Retry when(Class<? extends Throwable> failures) {
    return when(Check.<Class<? extends Throwable>>notNull(failures, "failures")::isInstance);
  }

  /**
   * This policy with pauses that failures of a class ask for.
   *
   * <pre>{@code
   * Retry.times(5).withPauseOf(TooManyRequests.class, TooManyRequests::retryAfter)
   * }</pre>
   *
   * @param pauseOf may return null for a failure that asks for none
   */
  public <E extends Throwable> Retry withPauseOf(Class<E> failures, Function<? super E, @Nullable Duration> pauseOf) {
    Check.notNull(failures, "failures");
    Check.<Function<? super E, @Nullable Duration>>notNull(pauseOf, "pauseOf");
    return withPauseOf(failure -> failures.isInstance(failure) ? pauseOf.apply(failures.cast(failure)) : null);
  }

  /** This policy with pauses that failures ask for. */
  public Retry withPauseOf(Function<? super Throwable, @Nullable Duration> pauseOf) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, Check.notNull(pauseOf, "pauseOf"), deadline, budget);
  }

  /** This policy with a longest time for all attempts and the pauses between them, longer than zero. */
  public Retry withDeadline(Duration deadline) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, Check.notNull(deadline, "deadline"), budget);
  }

  /** This policy with a bound on the retries of all tasks that share the budget. */
  public Retry withBudget(RetryBudget budget) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, when, pauseOf, deadline, Check.notNull(budget, "budget"));
  }

  /**
   * Returns the pause before the attempt that follows one that failed, or null if none follows; for code that repeats calls
   * itself. Takes one retry from the budget, if there is one; that code calls {@link RetryBudget#firstAttempt} as well.
   *
   * @param attempt 1 for the first
   * @param elapsed the time since the beginning of the first attempt
   */
  public @Nullable Duration pauseAfter(int attempt, Throwable failure, Duration elapsed) {
    if (!allows(attempt, failure)) {
      return null;
    }
    Duration asked = pauseOf == null ? null : pauseOf.apply(failure);
    Duration pause = asked == null ? pause(attempt) : asked.isNegative() ? Duration.ZERO : asked;
    if (deadline != null && Check.nanos(pause) >= Check.nanos(deadline) - Check.nanos(elapsed)) {
      return null; // it would begin too late
    }
    return budget == null || budget.take() ? pause : null;
  }

  /**
   * Returns whether another attempt follows one that failed, as far as their number and the failure go.
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
