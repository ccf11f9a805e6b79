package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage that makes lists of its items. */
final class BatchRun extends NodeRun {
  private final int size;
  private final long maxWait;
  private final Channel in;

  BatchRun(Node.Stage node, Node.Batch work, Channel in, Run run) {
    super(node.name(), run);
    Duration wait = work.maxWait();
    this.size = work.size();
    this.maxWait = wait == null ? LockedQueue.FOREVER : Check.nanos(wait);
    this.in = in;
    hire(1, false);
  }

  @Override
  Channel input() {
    return in;
  }

  @Override
  int waiting() {
    return in.size();
  }

  @Override
  void work(Meter meter) throws InterruptedException {
    LockedQueue.Cursor cursor = new LockedQueue.Cursor();
    List<Object> batch = new ArrayList<>();
    long due = 0;
    try {
      while (true) {
        checkpoint();
        Object item = next(batch, due, cursor);
        if (item != null) {
          meter.in();
          if (batch.isEmpty()) {
            due = System.nanoTime() + maxWait;
          }
          batch.add(item);
        }
        if (batch.size() == size || (item == null && !batch.isEmpty())) {
          List<Object> full = List.copyOf(batch);
          batch.clear();
          meter.to(Meter.PUTTING);
          emit(full, meter);
          meter.to(Meter.GETTING);
        } else if (item == null) {
          return; // at the end; only a batch begun has a time to wait
        }
      }
    } catch (InterruptedException e) {
      batch.forEach(item -> run.undelivered(name, item));
      throw e;
    }
  }

  private @Nullable Object next(List<Object> batch, long due, LockedQueue.Cursor cursor) throws InterruptedException {
    return batch.isEmpty() || maxWait == LockedQueue.FOREVER ? in.take(cursor) : in.poll(due - System.nanoTime(), cursor);
  }
}
