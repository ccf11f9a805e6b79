package dev.heddle.queue;

import dev.heddle.iter.Iter;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes the elements of an iteration, a new one for each subscriber, which one virtual thread calls. */
final class IterPublisher<T> implements Flow.Publisher<T> {
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
        misuse =
            new IllegalArgumentException(
                "n must be at least 1, but was " + n + " (Reactive Streams, rule 3.9); cancel() ends a subscription");
        thread.interrupt();
      } else {
        wanted.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      }
      LockSupport.unpark(thread);
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (Thread.currentThread() != thread) {
        thread.interrupt();
      }
    }

    private void publish() {
      Throwable error = null;
      try {
        subscriber.onSubscribe(this);
        try (Iter<T> items = source.get()) {
          deliver(items);
        }
      } catch (Throwable e) {
        error = e;
      }
      end(error);
    }

    private void deliver(Iter<T> items) {
      // The next element is looked for before it is wanted, so that the end is told to those who ask for nothing.
      while (!isOver() && items.hasNext()) {
        while (wanted.get() == 0 && !isOver()) {
          LockSupport.park(this);
        }
        if (!isOver()) {
          wanted.accumulateAndGet(1, (a, b) -> a == Long.MAX_VALUE ? a : a - b);
          subscriber.onNext(items.next());
        }
      }
    }

    private boolean isOver() {
      return cancelled || misuse != null;
    }

    private void end(@Nullable Throwable error) {
      if (!cancelled) {
        Throwable cause = misuse != null ? misuse : error;
        if (cause == null) {
          subscriber.onComplete();
        } else {
          subscriber.onError(cause);
        }
      }
    }
  }
}
