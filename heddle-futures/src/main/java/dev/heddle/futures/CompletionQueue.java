package dev.heddle.futures;

import dev.heddle.futures.FutureState.Observer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Futures that are done, first come, first served: many threads add, one takes.
 *
 * <p>Lock-free. Those who add push onto a shared stack; the one who takes empties the stack at once and turns it over. So
 * adding is one compare-and-set, and taking costs one exchange for many futures. What observes a future is itself the node
 * that is pushed, so nothing is allocated when one is done.
 */
final class CompletionQueue {

  /** A future that comes when it is done, and the number under which it is expected. */
  static final class Arrival implements Observer {
    private final CompletionQueue queue;
    private final CoreFuture<?> future;
    private final int number;
    private @Nullable Arrival next; // the one pushed before; turned over by the taker, whose alone it is then

    private Arrival(CompletionQueue queue, CoreFuture<?> future, int number) {
      this.queue = queue;
      this.future = future;
      this.number = number;
    }

    CoreFuture<?> future() {
      return future;
    }

    int number() {
      return number;
    }

    @Override
    public void done(CoreFuture<?> done) {
      queue.add(this);
    }

    /** It need not come any more. */
    void forget() {
      future.forget(this);
    }
  }

  private final AtomicReference<@Nullable Arrival> pushed = new AtomicReference<>();
  private @Nullable Arrival ready; // the oldest first; touched by the taker only
  private volatile @Nullable Wait taker; // whom to wake, while there is somebody

  /** Makes a future come when it is done; at once if it is. */
  Arrival expect(CoreFuture<?> future, int number) {
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
    Wait waiting = taker;
    if (waiting != null) {
      waiting.wake();
    }
  }

  /**
   * The one that came first, waiting for one if there is none.
   *
   * @param nanos how long to wait at the most; {@link Long#MAX_VALUE} means as long as it takes
   * @param open the futures that may still come or have come and were not taken, for those who look for deadlocks
   * @return null if the time ran out
   */
  @Nullable
  Arrival take(long nanos, Supplier<Stream<CoreFuture<?>>> open) throws InterruptedException {
    Arrival first = poll();
    if (first == null && new ArrivalWait(open).await(nanos)) {
      first = poll();
    }
    return first;
  }

  /** The one that came first, or null if there is none. */
  @Nullable
  Arrival poll() {
    if (ready == null) {
      Arrival each = pushed.getAndSet(null);
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
  private final class ArrivalWait extends Wait {
    private final Supplier<Stream<CoreFuture<?>>> open;

    ArrivalWait(Supplier<Stream<CoreFuture<?>>> open) {
      this.open = open;
    }

    @Override
    boolean satisfied() {
      return ready != null || pushed.get() != null;
    }

    @Override
    Stream<CoreFuture<?>> open() {
      return open.get();
    }

    @Override
    boolean needsAll() {
      return false;
    }

    @Override
    void enlist() {
      taker = this;
    }

    @Override
    void withdraw() {
      taker = null;
    }
  }
}
