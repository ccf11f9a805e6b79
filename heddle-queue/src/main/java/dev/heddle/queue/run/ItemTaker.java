package dev.heddle.queue.run;

import dev.heddle.queue.blocking.Cursor;
import dev.heddle.queue.meter.WorkerMeter;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The items that a worker takes from its queue.
 *
 * <p>The only worker of a stage takes several at once while its items are quick, so that the queue's lock costs little: at
 * most a quarter of the queue, so that those before it are not held up. They still occupy their places, so that no more
 * items are under way than there are places. Those that it has not begun are undelivered if the queue is cancelled, also if
 * the function then goes on with an item for ever. For one thread, but for {@link #abandon}.
 */
final class ItemTaker {
  private static final int MOST = 16;

  private final StageQueue in;
  private final WorkerMeter meter;
  private final Cursor cursor = new Cursor();
  private final AtomicReferenceArray<@Nullable Object> taken; // null: begun, or undelivered
  private int count;
  private int next;

  ItemTaker(StageQueue in, boolean alone, WorkerMeter meter) {
    this.in = in;
    this.meter = meter;
    this.taken = new AtomicReferenceArray<>(alone ? Math.clamp(in.capacity() / 4, 1, MOST) : 1);
    if (alone) {
      in.takenBy(this);
    }
  }

  /** Takes the next item; returns null at the end. */
  @Nullable
  Object take() throws InterruptedException {
    if (next == count) {
      next = 0;
      count = in.takeUpTo(meter.isQuick() ? taken.length() : 1, taken, cursor);
    }
    if (next < count) {
      Object item = taken.getAndSet(next++, null);
      if (item != null) {
        return item;
      }
      next = count; // the queue was cancelled meanwhile
    }
    meter.to(WorkerMeter.GETTING);
    return in.take(cursor);
  }

  /** Returns the number of the item that was taken last. */
  long number() {
    return cursor.number() - (count - next);
  }

  /** Hands over as undelivered what was taken and not begun; called by any thread. */
  void abandon() {
    for (int i = 0; i < taken.length(); i++) {
      Object item = taken.getAndSet(i, null);
      if (item != null) {
        in.undelivered(item);
      }
    }
  }
}
