package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.base.ClosedEarly;
import dev.heddle.futures.Future;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.group.CompletionQueue.Arrival;
import dev.heddle.iter.Iter;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An iterator over futures in the order in which they complete; for one thread at a time.
 *
 * <p>It observes every future that is not done; a {@link CompletionQueue} collects them, each once. It no longer refers to
 * futures that it has returned.
 */
public final class CompletedIter<F extends Future<?>> implements Iter<F> {
  private final @Nullable Arrival[] expected; // null once returned
  private final CompletionQueue arrived = new CompletionQueue();
  private final @Nullable Duration timeout;
  private final long deadline;
  private int left;
  private boolean cut; // closed before its end
  private Cleaner.@Nullable Cleanable registrations; // null once nothing is observed
  private volatile int firstOpen; // all before it were returned; keeps repeated searches among very many futures linear

  /** Observes the futures; without a bound on waits if the time-out is null. */
  public CompletedIter(Collection<? extends F> futures, @Nullable Duration timeout) {
    this.timeout = timeout;
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    Set<F> each = GroupWait.distinct(futures);
    this.expected = new @Nullable Arrival[each.size()];
    this.left = expected.length;
    int number = 0;
    boolean open = false;
    for (F future : each) {
      expected[number] = arrived.expect((CoreFuture<?>) future, number);
      open |= !future.isDone();
      number++;
    }
    if (open) { // a loop that is left by break cannot close its iterator
      registrations = UnreadReport.onceUnreachable(this, new Registrations(expected));
    }
  }

  /** The observers on the futures, to be removed; does not refer to the iterator. */
  private record Registrations(List<@Nullable Arrival> expected) implements Runnable {
    Registrations(@Nullable Arrival[] expected) {
      this(Arrays.asList(expected)); // a view, so that futures that were returned are not kept
    }

    @Override
    public void run() {
      for (Arrival arrival : expected) {
        if (arrival != null) {
          arrival.forget();
        }
      }
    }
  }

  @Override
  public boolean hasNext() {
    checkNotCut();
    return left > 0;
  }

  private void checkNotCut() {
    if (cut) {
      throw ClosedEarly.error("this Iter over completed futures");
    }
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

  /** Returns the next future to complete; waits for it if necessary. */
  F take() throws InterruptedException {
    checkNotCut();
    if (left == 0) {
      throw new NoSuchElementException("none of the " + expected.length + " futures is left; ask hasNext() first");
    }
    Arrival arrival;
    try {
      arrival = arrived.take(nanosLeft(), this::open);
    } finally {
      Reference.reachabilityFence(this);
    }
    if (arrival == null) {
      throw new WaitTimeoutException(
          described(),
          timeout == null ? Duration.ZERO : timeout,
          "they continue: call asCompleted or Futures.wait for them again, or cancel them");
    }
    expected[arrival.number()] = null;
    left--;
    if (left == 0) {
      unregister();
    }
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

  /** Stops observing; the tasks continue. */
  @Override
  public void close() {
    if (left > 0) {
      cut = true;
      left = 0;
      unregister();
      for (int i = 0; i < expected.length; i++) {
        Arrival arrival = expected[i];
        if (arrival != null) {
          arrival.forget();
          expected[i] = null;
        }
      }
    }
  }

  private void unregister() {
    Cleaner.Cleanable registered = registrations;
    if (registered != null) {
      registrations = null;
      registered.clean();
    }
  }

  /** Returns the futures that were not returned. */
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
