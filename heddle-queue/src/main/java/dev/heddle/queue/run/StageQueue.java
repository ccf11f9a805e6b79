package dev.heddle.queue.run;

import dev.heddle.queue.QueueClosedException;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.blocking.Cursor;
import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The bounded input queue of a stage, or the queue of the results. Its end is propagated downstream, its cancellation
 * upstream.
 */
final class StageQueue {
  private static final int SMALLEST_AUTO_CAPACITY = 32;
  private static final long LARGEST_AUTO_CAPACITY = 1 << 20;

  private final String consumer;
  private final PipelineExecution run;
  private final LockedQueue<Object> queue;
  private final List<NodeRun> producers = new ArrayList<>(); // complete before the start
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile @Nullable ItemTaker taker;

  StageQueue(String consumer, int capacity, PipelineExecution run) {
    this.consumer = consumer;
    this.run = run;
    this.queue = new LockedQueue<>(new Store.Fifo<>(), capacity);
  }

  /** Returns the capacity that a stage's options ask for. */
  static int capacity(StageOptions options) {
    return options.buffer() != StageOptions.AUTO
        ? options.buffer()
        : (int) Math.max(SMALLEST_AUTO_CAPACITY, Math.min(2L * options.workers(), LARGEST_AUTO_CAPACITY));
  }

  void addProducer(NodeRun producer) {
    producers.add(producer);
    open.incrementAndGet();
  }

  /** Puts an item if there is space at once; returns false if there is none, or the queue was cancelled. */
  boolean offer(Object item) {
    try {
      return queue.size() < queue.capacity() && queue.offer(item);
    } catch (QueueClosedException unwanted) {
      return false;
    }
  }

  /** Puts an item as soon as there is space; returns false if the queue was cancelled. */
  boolean put(Object item) throws InterruptedException {
    try {
      queue.put(item);
      return true;
    } catch (QueueClosedException unwanted) {
      return false;
    }
  }

  /** Takes the next item; returns null at the end. */
  @Nullable
  Object take(Cursor cursor) throws InterruptedException {
    return queue.remove(LockedQueue.FOREVER, cursor);
  }

  /** Takes the items that are there, at most so many, without waiting; returns how many. */
  int takeUpTo(int most, AtomicReferenceArray<@Nullable Object> into, Cursor cursor) {
    return queue.removeUpTo(most, into, cursor);
  }

  /** Registers the only taker, which may have taken items that it has not begun. */
  void takenBy(ItemTaker only) {
    taker = only;
  }

  int capacity() {
    return queue.capacity();
  }

  /** Takes the next item; returns null if the time runs out, and at the end. */
  @Nullable
  Object poll(long nanos, Cursor cursor) throws InterruptedException {
    return queue.remove(Math.max(0, nanos), cursor);
  }

  boolean isExhausted() {
    return queue.isExhausted();
  }

  /** Returns the error that ended it; null if there is none. */
  @Nullable
  Throwable error() {
    return queue.error();
  }

  int size() {
    return queue.size();
  }

  /** Registers the end of a producer; the queue ends with the last one, or with an error at once. */
  void producerEnded(@Nullable Throwable error) {
    if (error != null) {
      queue.closeWithError(error);
    } else if (open.decrementAndGet() == 0) {
      queue.close();
    }
  }

  /**
   * Ends the taking: the items in the queue are undelivered, and the producers are cancelled if they have no other output.
   */
  void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      List<Object> left = queue.closeNow();
      ItemTaker ahead = taker; // after the closing: what it takes it has taken
      if (ahead != null) {
        ahead.abandon();
      }
      left.forEach(this::undelivered);
      producers.forEach(NodeRun::outputCancelled);
    }
  }

  /** Hands over an item that its consumer has not begun. */
  void undelivered(Object item) {
    run.undelivered(consumer, item);
  }

  boolean isCancelled() {
    return cancelled.get();
  }
}
