package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.CompletionQueue.Arrival;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they get done.
 *
 * <p>It observes every future that is not done; those come in a {@link CompletionQueue}, each once. One that has been handed
 * out is forgotten. One consumer at a time.
 */
final class CompletedIter<F extends Future<?>> implements Iter<F> {
  private final @Nullable Arrival[] expected; // null once handed out
  private final CompletionQueue arrived = new CompletionQueue();
  private final @Nullable Duration timeout;
  private final long deadline;
  private int left;
  private volatile int firstOpen; // all before it were handed out; keeps repeated looks at very many futures linear

  CompletedIter(Collection<? extends F> futures, @Nullable Duration timeout) {
    this.timeout = timeout;
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    Set<F> each = GroupWait.distinct(futures);
    this.expected = new @Nullable Arrival[each.size()];
    this.left = expected.length;
    int number = 0;
    for (F future : each) {
      expected[number] = arrived.expect((CoreFuture<?>) future, number);
      number++;
    }
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public F next() {
    try {
      return take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(described(), e);
    }
  }

  /** The next future to get done, waiting for it if need be. */
  F take() throws InterruptedException {
    if (left == 0) {
      throw new NoSuchElementException(
          "none of the " + expected.length + " futures is left, or this Iter was closed; ask hasNext() first");
    }
    Arrival arrival = arrived.take(nanosLeft(), this::open);
    if (arrival == null) {
      throw new WaitTimeoutException(described(), timeout == null ? Duration.ZERO : timeout);
    }
    left--;
    expected[arrival.number()] = null;
    @SuppressWarnings("unchecked") // only the given futures are observed
    F next = (F) arrival.future();
    return next;
  }

  private long nanosLeft() {
    return timeout == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
  }

  private String described() {
    return left + " of " + expected.length + " futures";
  }

  /** Stops observing; the futures themselves go on. */
  @Override
  public void close() {
    if (left > 0) {
      left = 0;
      for (int i = 0; i < expected.length; i++) {
        Arrival arrival = expected[i];
        if (arrival != null) {
          arrival.forget();
          expected[i] = null;
        }
      }
    }
  }

  /** Those that were not handed out. */
  private Stream<CoreFuture<?>> open() {
    int first = firstOpen;
    while (first < expected.length && expected[first] == null) {
      first++;
    }
    firstOpen = first;
    return Arrays.stream(expected, first, expected.length).<CoreFuture<?>>mapMulti(CompletedIter::passOpen);
  }

  private static void passOpen(@Nullable Arrival arrival, Consumer<CoreFuture<?>> open) {
    if (arrival != null) {
      open.accept(arrival.future());
    }
  }
}
