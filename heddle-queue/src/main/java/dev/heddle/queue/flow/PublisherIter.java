package dev.heddle.queue.flow;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import dev.heddle.queue.QueueClosedException;
import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An iterator over the items of a publisher, through a queue that holds as many as were requested. It subscribes with the
 * first call.
 */
public final class PublisherIter<T> implements Iter<T>, Flow.Subscriber<T> {
  /** The number of items requested at once. */
  public static final int BUFFER = 64;

  /** Replaces the subscription after the iterator was closed. */
  private static final Flow.Subscription CANCELLED = new Flow.Subscription() {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  };

  private final Flow.Publisher<? extends T> publisher;
  private final int refill;
  private final LockedQueue<T> queue;
  private final Iter<T> items;
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final List<T> left = new ArrayList<>();
  private boolean subscribed;
  private int taken;

  /** Creates an iterator that requests at most {@code buffer} items ahead, and subscribes later. */
  public PublisherIter(Flow.Publisher<? extends T> publisher, int buffer) {
    this.publisher = publisher;
    this.refill = Math.max(1, buffer / 2);
    this.queue = new LockedQueue<>(new Store.Fifo<>(), Integer.MAX_VALUE); // bounded by the requests
    this.items = queue.iterator();
  }

  // ---- the iteration ----

  @Override
  public boolean hasNext() {
    subscribe();
    return items.hasNext();
  }

  private void subscribe() {
    if (!subscribed) {
      subscribed = true;
      publisher.subscribe(this);
    }
  }

  @Override
  public T next() {
    subscribe();
    T item = items.next();
    taken++;
    Flow.Subscription current = subscription.get();
    if (taken == refill && current != null) {
      taken = 0;
      current.request(refill);
    }
    return item;
  }

  @Override
  public void close() {
    subscribed = true;
    Flow.Subscription current = subscription.getAndSet(CANCELLED);
    if (current != null) {
      current.cancel();
    }
    items.close();
    left.addAll(queue.closeNow());
  }

  /** Returns the items that were received and not handed out; for the thread that has closed the iterator. */
  public List<T> left() {
    return left;
  }

  // ---- the subscriber ----

  @Override
  public void onSubscribe(Flow.Subscription given) {
    Check.notNull(given, "subscription");
    if (subscription.compareAndSet(null, given)) {
      given.request(2L * refill);
    } else {
      given.cancel(); // there is one already, or the iterator was closed
    }
  }

  @Override
  public void onNext(T item) {
    Check.notNull(item, "item");
    try {
      queue.offer(item);
    } catch (QueueClosedException late) {
      // the iterator was closed; the publisher has been told
    }
  }

  @Override
  public void onError(Throwable error) {
    queue.closeWithError(Check.notNull(error, "error"));
  }

  @Override
  public void onComplete() {
    queue.close();
  }
}
