package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.group.CompletedIter;
import dev.heddle.futures.group.GroupWait;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Collection;

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
   * Waits until all futures are done, but not longer than given; running out of time is no error.
   *
   * @param timeout zero looks without waiting
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, Duration timeout) {
    return wait(futures, ReturnWhen.ALL_COMPLETED, timeout);
  }

  /**
   * Waits until all, one, or a failed one of the futures is done. No futures at all are done at once.
   *
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> futures, ReturnWhen when) {
    return GroupWait.await(futures, when, null);
  }

  /**
   * Waits until all, one, or a failed one of the futures is done, but not longer than given; running out of time is no error.
   *
   * @param futures a future that stands in it twice counts once
   * @param timeout zero looks without waiting
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> WaitResult<F> wait(
      Collection<? extends F> futures, ReturnWhen when, Duration timeout) {
    return GroupWait.await(futures, when, Check.timeout(timeout));
  }

  /**
   * The futures in the order in which they get done (finished or cancelled); those that are done already come first.
   *
   * @param futures a future that stands in it twice comes once
   * @return a single-use iterator, for one thread at a time; {@code next} waits, and throws {@link DeadlockException} or
   *     {@link WaitInterruptedException} as {@link Future#result()} does; after an interrupt one may go on
   */
  public static <F extends Future<?>> Iter<F> asCompleted(Collection<? extends F> futures) {
    return new CompletedIter<>(futures, null);
  }

  /**
   * The futures in the order in which they get done, within a time for the whole.
   *
   * @param futures a future that stands in it twice comes once
   * @param timeout how long after this call {@code next} may wait; zero hands out those that are done already
   * @return a single-use iterator, for one thread at a time; {@code next} waits, throws {@link WaitTimeoutException} when the
   *     time has run out and no further future is done, and {@link WaitInterruptedException} as {@link Future#result()} does
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <F extends Future<?>> Iter<F> asCompleted(Collection<? extends F> futures, Duration timeout) {
    return new CompletedIter<>(futures, Check.timeout(timeout));
  }
}
