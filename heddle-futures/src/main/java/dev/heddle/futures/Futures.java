package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.group.CompletedIter;
import dev.heddle.futures.group.FirstResult;
import dev.heddle.futures.group.GroupWait;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several futures at once, also of different executors.
 *
 * <p>Thread-safe. A wait without a time-out that is made by a task and could never end throws {@link DeadlockException}.
 *
 * <p>Origin: {@code wait} and {@code as_completed} of Python's {@code concurrent.futures}.
 */
public final class Futures {
  private Futures() {}

  /**
   * Waits until all futures are done.
   *
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures) {
    return wait(futures, ReturnWhen.ALL_COMPLETED);
  }

  /**
   * Waits until all futures are done, for at most the given time; a time-out is no error.
   *
   * @param timeout zero checks without waiting
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, Duration timeout) {
    return wait(futures, ReturnWhen.ALL_COMPLETED, timeout);
  }

  /**
   * Waits until all, one, or a failed one of the futures is done. Returns at once if there are no futures.
   *
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, ReturnWhen when) {
    return GroupWait.await(futures, when, null);
  }

  /**
   * Waits until all, one, or a failed one of the futures is done, for at most the given time; a time-out is no error.
   *
   * @param futures a future that occurs twice counts once
   * @param timeout zero checks without waiting
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> WaitResult<F> wait(
      Collection<? extends F> futures, ReturnWhen when, Duration timeout) {
    return GroupWait.await(futures, when, Check.timeout(timeout));
  }

  /**
   * Returns the futures in the order in which they complete or are cancelled; those that are done already come first.
   *
   * @param futures a future that occurs twice is returned once
   * @return a single-use iterator, for one thread at a time; {@code next} waits, and throws {@link DeadlockException} or
   *     {@link WaitInterruptedException} as {@link Future#result()} does; after an interrupt the iteration can continue
   */
  public static <F extends Future<?>> AsCompleted<F> asCompleted(Collection<? extends F> futures) {
    return new CompletedIter<>(futures, null);
  }

  /**
   * Returns the futures in the order in which they complete, within a time for all of them.
   *
   * @param futures a future that occurs twice is returned once
   * @param timeout the longest time from this call to the last future; zero returns those that are done already
   * @return a single-use iterator, for one thread at a time; {@code next} waits, throws {@link WaitTimeoutException} when
   *     the time has run out and no further future is done, and {@link WaitInterruptedException} as {@link Future#result()}
   *     does
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> AsCompleted<F> asCompleted(Collection<? extends F> futures, Duration timeout) {
    return new CompletedIter<>(futures, Check.timeout(timeout));
  }

  /**
   * Waits until one of the futures has a result, and returns it. The others continue; a {@link TaskScope} with {@link
   * ScopeOptions#untilSuccess} cancels them.
   *
   * <p>Origin: {@code Promise.any}.
   *
   * @param futures at least one
   * @throws TaskFailedException if none has a result; the failures of the others are suppressed in the first one
   * @throws CancellationException if all were cancelled
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  public static <T extends @Nullable Object> T firstResult(Collection<? extends Future<? extends T>> futures) {
    return FirstResult.of(futures);
  }
}
