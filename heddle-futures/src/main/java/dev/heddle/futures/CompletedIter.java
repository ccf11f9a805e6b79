package dev.heddle.futures;

import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they get done.
 *
 * <p>It observes every future that is not done; those put themselves into a {@link CompletionQueue}, each once. One consumer
 * at a time.
 */
final class CompletedIter<F extends Future<?>> implements Iter<F> {
  private final CoreFuture<?>[] all;
  private final CompletionQueue arrived = new CompletionQueue();
  private final @Nullable Duration timeout;
  private final long deadline;
  private int left;
  private volatile int firstOpen; // all before it are done; keeps repeated looks at very many futures linear

  CompletedIter(Collection<? extends F> futures, @Nullable Duration timeout) {
    this.timeout = timeout;
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    this.all = GroupWait.distinct(futures).toArray(CoreFuture<?>[]::new);
    this.left = all.length;
    for (CoreFuture<?> future : all) {
      if (!future.observe(arrived)) {
        arrived.done(future);
      }
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
          "none of the " + all.length + " futures is left, or this Iter was closed; ask hasNext() first");
    }
    CoreFuture<?> future = arrived.take(nanosLeft(), this::open);
    if (future == null) {
      throw new WaitTimeoutException(described(), timeout == null ? Duration.ZERO : timeout);
    }
    left--;
    @SuppressWarnings("unchecked") // only the given futures are observed
    F next = (F) future;
    return next;
  }

  private long nanosLeft() {
    return timeout == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
  }

  private String described() {
    return left + " of " + all.length + " futures";
  }

  /** Stops observing; the futures themselves go on. */
  @Override
  public void close() {
    if (left > 0) {
      left = 0;
      for (CoreFuture<?> future : all) {
        future.forget(arrived);
      }
    }
  }

  /** Those that are not done. */
  private Stream<CoreFuture<?>> open() {
    int first = firstOpen;
    while (first < all.length && all[first].isDone()) {
      first++;
    }
    firstOpen = first;
    return IntStream.range(first, all.length).<CoreFuture<?>>mapToObj(i -> all[i]).filter(each -> !each.isDone());
  }
}
