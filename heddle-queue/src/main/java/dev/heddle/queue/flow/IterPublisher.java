package dev.heddle.queue.flow;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A publisher of the elements of an iterator: each subscriber gets a new iterator and a virtual thread that calls it. */
public final class IterPublisher<T> implements Flow.Publisher<T> {
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private final Supplier<Iter<T>> source;

  /** Creates a publisher over the iterators of a supplier. */
  public IterPublisher(Supplier<Iter<T>> source) {
    this.source = source;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    new Subscription<T>(Check.notNull(subscriber, "subscriber"), source).thread.start();
  }

  private static final class Subscription<T> implements Flow.Subscription {
    private final Flow.Subscriber<? super T> subscriber;
    private final Supplier<Iter<T>> source;
    private final AtomicLong wanted = new AtomicLong();
    private final Object gate = new Object(); // orders the begin and end of a wait with interrupts
    private boolean waiting; // guarded by gate
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException misuse;
    private final Thread thread = Thread.ofVirtual().name("pipeline-publisher").unstarted(this::publish);

    Subscription(Flow.Subscriber<? super T> subscriber, Supplier<Iter<T>> source) {
      this.subscriber = subscriber;
      this.source = source;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        misuse = new IllegalArgumentException(
            "n must be at least 1, but was " + n + " (Reactive Streams, rule 3.9); cancel() ends a subscription");
        endWait();
      } else {
        wanted.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      endWait();
    }

    /** Interrupts the wait for the next element or for demand, and nothing else: a subscriber must not be interrupted. */
    private void endWait() {
      synchronized (gate) {
        if (waiting) {
          thread.interrupt();
        }
      }
    }

    /** Begins a wait that may be interrupted; returns false if the subscription has ended. */
    private boolean beginsToWait() {
      synchronized (gate) {
        waiting = !isOver();
        return waiting;
      }
    }

    private void hasWaited() {
      synchronized (gate) {
        waiting = false;
        Thread.interrupted(); // it has ended the wait
      }
    }

    private void publish() {
      Throwable error = null;
      try {
        tell(() -> subscriber.onSubscribe(this));
        try (Iter<T> items = source.get()) {
          deliver(items);
        }
      } catch (Throwable e) {
        error = e;
      }
      end(error);
    }

    private void deliver(Iter<T> items) {
      while (awaitNext(items)) {
        wanted.accumulateAndGet(1, (a, b) -> a == Long.MAX_VALUE ? a : a - b);
        T item = items.next();
        tell(() -> subscriber.onNext(item));
      }
    }

    /** Waits for the next element and then for demand, so that a subscriber without demand is told the end too. */
    private boolean awaitNext(Iter<T> items) {
      if (!beginsToWait()) {
        return false;
      }
      try {
        if (!items.hasNext()) {
          return false;
        }
        while (wanted.get() == 0 && !isOver()) {
          LockSupport.park(this);
        }
        return !isOver();
      } finally {
        hasWaited();
      }
    }

    /** Calls the subscriber; one that throws, which the specification forbids, gets no more signals. */
    private void tell(Runnable signal) {
      try {
        signal.run();
      } catch (Throwable e) {
        cancelled = true;
        LOG.log(System.Logger.Level.WARNING, "a subscriber of a pipeline threw an exception; its subscription is cancelled",
            e);
      }
    }

    private boolean isOver() {
      return cancelled || misuse != null;
    }

    private void end(@Nullable Throwable error) {
      if (!cancelled) {
        Throwable cause = misuse != null ? misuse : error;
        tell(cause == null ? subscriber::onComplete : () -> subscriber.onError(cause));
      }
    }
  }
}
