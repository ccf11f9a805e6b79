package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.queue.blocking.Cursor;
import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.plan.PlanNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The execution of a stage that makes lists of its items. */
final class BatchRun extends NodeRun {
  private final int size;
  private final long maxWait;
  private final StageQueue in;

  BatchRun(PlanNode.Stage node, PlanNode.Batch work, StageQueue in, PipelineExecution run) {
    super(node.name(), run);
    Duration wait = work.maxWait();
    this.size = work.size();
    this.maxWait = wait == null ? LockedQueue.FOREVER : Check.nanos(wait);
    this.in = in;
    hire(1, false);
  }

  @Override
  StageQueue input() {
    return in;
  }

  @Override
  int waiting() {
    return in.size();
  }

  @Override
  void work(WorkerMeter meter) throws InterruptedException {
    Cursor cursor = new Cursor();
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
          meter.to(WorkerMeter.PUTTING);
          emit(full, meter);
          meter.to(WorkerMeter.GETTING);
        } else if (item == null) {
          return; // at the end: a poll with a time-out is made only for a batch that has begun
        }
      }
    } catch (InterruptedException e) {
      batch.forEach(item -> run.undelivered(name, item));
      throw e;
    }
  }

  private @Nullable Object next(List<Object> batch, long due, Cursor cursor) throws InterruptedException {
    return batch.isEmpty() || maxWait == LockedQueue.FOREVER ? in.take(cursor) : in.poll(due - System.nanoTime(), cursor);
  }
}
