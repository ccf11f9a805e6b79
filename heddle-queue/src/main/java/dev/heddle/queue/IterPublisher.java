package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes the elements of an iteration, a new one for each subscriber, which one virtual thread calls. */
final class IterPublisher<T> implements Flow.Publisher<T> {
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private final Supplier<Iter<T>> source;

  IterPublisher(Supplier<Iter<T>> source) {
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
    private final Object gate = new Object(); // between a wait's begin and end, and interrupts
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

    /** Interrupts the wait for the next element or for demand, and nothing else: a subscriber is not to be interrupted. */
    private void endWait() {
      synchronized (gate) {
        if (waiting) {
          thread.interrupt();
        }
      }
    }

    /** Begins a wait that may be interrupted; false if there is nothing to wait for any more. */
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

    /** Waits for the next element and then for demand, so that the end is told to those who ask for nothing, too. */
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

    /** Calls the subscriber; one that throws, which it must not, is told nothing more. */
    private void tell(Runnable signal) {
      try {
        signal.run();
      } catch (Throwable e) {
        cancelled = true;
        LOG.log(System.Logger.Level.WARNING, "a subscriber of a pipeline threw an exception; it is told nothing more", e);
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
