package dev.heddle.queue.run;

import dev.heddle.queue.blocking.Cursor;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.plan.PlanNode;

/** The execution of a stage that hands on a number of items and then cancels the nodes before it. */
final class LimitRun extends NodeRun {
  private final long limit;
  private final StageQueue in;

  LimitRun(PlanNode.Stage node, PlanNode.Limit work, StageQueue in, PipelineExecution run) {
    super(node.name(), run);
    this.limit = work.count();
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
    for (long left = limit; left > 0; left--) {
      checkpoint();
      Object item = in.take(cursor);
      if (item == null) {
        return;
      }
      meter.in();
      if (left == 1) {
        in.cancel(); // before handing on the last one, which may have to wait for space
      }
      meter.to(WorkerMeter.PUTTING);
      emit(item, meter);
      meter.to(WorkerMeter.GETTING);
    }
  }
}
