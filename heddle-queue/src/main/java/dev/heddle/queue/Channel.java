package dev.heddle.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue before a stage, or before whoever takes the results: its end travels downstream, its cancellation
 * upstream.
 */
final class Channel {
  private final String consumer;
  private final Run run;
  private final LockedQueue<Object> queue;
  private final List<NodeRun> producers = new ArrayList<>(); // complete before the start
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  Channel(String consumer, int capacity, Run run) {
    this.consumer = consumer;
    this.run = run;
    this.queue = new LockedQueue<>(new Store.Fifo<>(), capacity);
  }

  void addProducer(NodeRun producer) {
    producers.add(producer);
    open.incrementAndGet();
  }

  /** Puts an item as soon as there is room; false if nobody wants it any more. */
  boolean put(Object item) throws InterruptedException {
    try {
      queue.put(item);
      return true;
    } catch (QueueClosedException unwanted) {
      return false;
    }
  }

  /** Takes the next item; null at the end. */
  @Nullable
  Object take(LockedQueue.Cursor cursor) throws InterruptedException {
    return queue.remove(LockedQueue.FOREVER, cursor);
  }

  /** Takes the next item; null if the time is over, and at the end. */
  @Nullable
  Object poll(long nanos, LockedQueue.Cursor cursor) throws InterruptedException {
    return queue.remove(Math.max(0, nanos), cursor);
  }

  boolean isExhausted() {
    return queue.isExhausted();
  }

  /** The error that ended it; null if there is none. */
  @Nullable
  Throwable error() {
    return queue.error();
  }

  int size() {
    return queue.size();
  }

  /** A producer has come to its end; after the last one's, so does this channel. */
  void producerEnded(@Nullable Throwable error) {
    if (error != null) {
      queue.closeWithError(error);
    } else if (open.decrementAndGet() == 0) {
      queue.close();
    }
  }

  /** Nobody takes from it any more: what is in it is undelivered, and its producers are told. */
  void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      queue.closeNow().forEach(item -> run.undelivered(consumer, item));
      producers.forEach(NodeRun::outputCancelled);
    }
  }

  boolean isCancelled() {
    return cancelled.get();
  }
}
