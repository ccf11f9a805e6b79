package dev.heddle.futures.group;

import dev.heddle.base.LearnedSpin;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.FutureWait;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A queue of completed futures, first in, first out: many threads add, one takes.
 *
 * <p>Lock-free. Adding pushes onto a shared stack with one compare-and-set; the taker empties the stack with one exchange
 * and reverses it. The observer of a future is itself the node that is pushed, so a completion allocates nothing. A taker that
 * waits looks for the next future for a moment before it parks ({@link LearnedSpin}).
 */
public final class CompletionQueue {

  /** A future that is added when it is done, with a number that the caller gave it. */
  public static final class Arrival implements Removable {
    private volatile @Nullable CompletionQueue queue; // null once forgotten
    private final CoreFuture<?> future;
    private final int number;
    private @Nullable Arrival next; // the one pushed before; after the reversal, by the taker alone, the one pushed after

    private Arrival(CompletionQueue queue, CoreFuture<?> future, int number) {
      this.queue = queue;
      this.future = future;
      this.number = number;
    }

    /** The future. */
    public CoreFuture<?> future() {
      return future;
    }

    /** The number that the caller gave it. */
    public int number() {
      return number;
    }

    @Override
    public void done(CoreFuture<?> done) {
      CompletionQueue to = queue;
      if (to != null) {
        to.add(this);
      }
    }

    @Override
    public void markForgotten() {
      queue = null;
    }

    @Override
    public boolean isForgotten() {
      return queue == null;
    }

    /** Stops observing the future. */
    public void forget() {
      future.forget(this);
    }
  }

  private final AtomicReference<@Nullable Arrival> pushed = new AtomicReference<>();
  private final LearnedSpin waits = LearnedSpin.forResults();
  private @Nullable Arrival ready; // the oldest first; used by the taker only
  private volatile @Nullable FutureWait taker; // the wait to wake; null while there is none

  /** Adds a future when it is done; at once if it is done already. */
  public Arrival expect(CoreFuture<?> future, int number) {
    Arrival arrival = new Arrival(this, future, number);
    if (!future.observe(arrival)) {
      add(arrival);
    }
    return arrival;
  }

  private void add(Arrival arrival) {
    do {
      arrival.next = pushed.get();
    } while (!pushed.compareAndSet(arrival.next, arrival));
    FutureWait waiting = taker;
    if (waiting != null) {
      waiting.wake();
    }
  }

  /**
   * Removes and returns the first future; waits for one if there is none.
   *
   * @param nanos the longest wait; {@link Long#MAX_VALUE} means without a time-out
   * @param open the futures that were not taken, for the search for deadlocks
   * @return null if the time has run out
   */
  public @Nullable Arrival take(long nanos, Supplier<Stream<CoreFuture<?>>> open) throws InterruptedException {
    Arrival first = poll();
    if (first == null && new ArrivalWait(open).await(nanos)) {
      first = poll();
    }
    return first;
  }

  /** Removes and returns the first future, or null if there is none. */
  public @Nullable Arrival poll() {
    if (ready == null) {
      Arrival each = pushed.get() == null ? null : pushed.getAndSet(null);
      while (each != null) {
        Arrival before = each.next;
        each.next = ready;
        ready = each;
        each = before;
      }
    }
    Arrival first = ready;
    if (first != null) {
      ready = first.next;
      first.next = null;
    }
    return first;
  }

  /** The taker's wait for the next arrival. */
  private final class ArrivalWait extends FutureWait {
    private final Supplier<Stream<CoreFuture<?>>> open;

    ArrivalWait(Supplier<Stream<CoreFuture<?>>> open) {
      this.open = open;
    }

    @Override
    protected boolean satisfied() {
      return ready != null || pushed.get() != null;
    }

    @Override
    protected Stream<CoreFuture<?>> open() {
      return open.get();
    }

    @Override
    protected boolean needsAll() {
      return false;
    }

    @Override
    protected void help(long nanos) {
      waits.until(this::satisfied, nanos);
    }

    @Override
    protected void waited(long nanos) {
      waits.waited(nanos);
    }

    @Override
    protected void enlist() {
      taker = this;
    }

    @Override
    protected void withdraw() {
      taker = null;
    }
  }
}
