package dev.heddle.queue;

/** A stage that hands on so many items and then stops what is before it. */
final class LimitRun extends NodeRun {
  private final long limit;
  private final Channel in;

  LimitRun(Node.Stage node, Node.Limit work, Channel in, Run run) {
    super(node.name(), run);
    this.limit = work.count();
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
    for (long left = limit; left > 0; left--) {
      checkpoint();
      Object item = in.take(cursor);
      if (item == null) {
        return;
      }
      meter.in();
      if (left == 1) {
        in.cancel(); // before the last one may have to wait for room
      }
      meter.to(Meter.PUTTING);
      emit(item, meter);
      meter.to(Meter.GETTING);
    }
  }
}
