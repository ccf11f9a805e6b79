package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.base.ClosedEarly;
import dev.heddle.futures.AsCompleted;
import dev.heddle.futures.Future;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.group.CompletionQueue.Arrival;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An iterator over futures in the order in which they complete; for one thread at a time.
 *
 * <p>It observes every future that is not done; a {@link CompletionQueue} collects them, each once. It no longer refers to
 * futures that it has returned.
 */
public final class CompletedIter<F extends Future<?>> implements AsCompleted<F> {
  private volatile @Nullable Arrival[] expected; // null once returned; replaced by a larger one when it is full
  private volatile int total; // of them; written after they are in place
  private final CompletionQueue arrived = new CompletionQueue();
  private final @Nullable Duration timeout;
  private final long deadline;
  private int left;
  private boolean cut; // closed before its end
  private Cleaner.@Nullable Cleanable registrations; // null while nothing is observed
  private @Nullable Registrations observers;
  private volatile int firstOpen; // all before it were returned; keeps repeated searches among very many futures linear

  /** Observes the futures; without a bound on waits if the time-out is null. */
  public CompletedIter(Collection<? extends F> futures, @Nullable Duration timeout) {
    this.timeout = timeout;
    this.deadline = timeout == null ? 0 : System.nanoTime() + Check.nanos(timeout);
    CoreFuture<?>[] each = Distinct.of(futures);
    @Nullable
    Arrival[] arrivals = new @Nullable Arrival[each.length];
    boolean open = false;
    for (int number = 0; number < each.length; number++) {
      arrivals[number] = arrived.expect(each[number], number);
      open |= !each[number].isDone();
    }
    this.expected = arrivals;
    this.left = each.length;
    this.total = left;
    if (open) {
      register();
    }
  }

  /** Lets the observers be removed once this is unreachable: a loop that is left by break cannot close its iterator. */
  private void register() {
    if (registrations == null) {
      Registrations observed = new Registrations(expected);
      observers = observed;
      registrations = UnreadReport.onceUnreachable(this, observed);
    }
  }

  @Override
  public void add(F future) {
    checkNotCut();
    CoreFuture<?> added = (CoreFuture<?>) Check.<F>notNull(future, "future");
    int number = total;
    if (number == expected.length) {
      expected = Arrays.copyOf(expected, Math.max(8, 2 * number));
      if (observers != null) {
        observers.expected = expected;
      }
    }
    Arrival arrival = arrived.expect(added, number);
    expected[number] = arrival;
    total = number + 1;
    left++;
    if (!added.isDone()) {
      register();
    }
  }

  /** The observers on the futures, to be removed; does not refer to the iterator. */
  private static final class Registrations implements Runnable {
    private volatile @Nullable Arrival[] expected; // the iterator's own, so that futures that were returned are not kept

    Registrations(@Nullable Arrival[] expected) {
      this.expected = expected;
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
      throw new WaitInterruptedException(described(), "they go on: ask for the next one again, or cancel them", e);
    }
  }

  /** Returns the next future to complete; waits for it if necessary. */
  F take() throws InterruptedException {
    checkNotCut();
    if (left == 0) {
      throw new NoSuchElementException("none of the " + total + " futures is left; ask hasNext() first");
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
    return left + " of " + total + " futures";
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
    int end = total; // before the array: those that are added meanwhile are not skipped
    @Nullable
    Arrival[] all = expected;
    int first = firstOpen;
    while (first < end && all[first] == null) {
      first++;
    }
    firstOpen = first;
    return Arrays.stream(all, first, end).<CoreFuture<?>>mapMulti(CompletedIter::passOpen);
  }

  private static void passOpen(@Nullable Arrival arrival, Consumer<CoreFuture<?>> open) {
    if (arrival != null) {
      open.accept(arrival.future());
    }
  }
}
