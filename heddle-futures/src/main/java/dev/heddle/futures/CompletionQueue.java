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
 * adding is one compare-and-set, and taking costs one exchange for many futures.
 */
final class CompletionQueue implements Observer {

  private static final class Node {
    final CoreFuture<?> future;
    @Nullable Node next; // the one pushed before; turned over by the taker, whose alone it is then

    Node(CoreFuture<?> future) {
      this.future = future;
    }
  }

  private final AtomicReference<@Nullable Node> pushed = new AtomicReference<>();
  private @Nullable Node ready; // the oldest first; touched by the taker only
  private volatile @Nullable Wait taker; // whom to wake, while there is somebody

  /** Adds a future, and wakes the taker. */
  @Override
  public void done(CoreFuture<?> future) {
    Node node = new Node(future);
    do {
      node.next = pushed.get();
    } while (!pushed.compareAndSet(node.next, node));
    Wait waiting = taker;
    if (waiting != null) {
      waiting.wake();
    }
  }

  /**
   * The future that was added first, waiting for one if there is none.
   *
   * @param nanos how long to wait at the most; {@link Long#MAX_VALUE} means as long as it takes
   * @param open the futures that may still come, for those who look for deadlocks
   * @return null if the time ran out
   */
  @Nullable CoreFuture<?> take(long nanos, Supplier<Stream<CoreFuture<?>>> open) throws InterruptedException {
    CoreFuture<?> first = poll();
    if (first == null && new ArrivalWait(open).await(nanos)) {
      first = poll();
    }
    return first;
  }

  /** The future that was added first, or null if there is none. */
  @Nullable CoreFuture<?> poll() {
    if (ready == null) {
      Node each = pushed.getAndSet(null);
      while (each != null) {
        Node before = each.next;
        each.next = ready;
        ready = each;
        each = before;
      }
    }
    Node first = ready;
    if (first == null) {
      return null;
    }
    ready = first.next;
    return first.future;
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
