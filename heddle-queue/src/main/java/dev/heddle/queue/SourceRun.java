package dev.heddle.queue;

import dev.heddle.iter.Iter;
import org.jspecify.annotations.Nullable;

/** The one thread that asks a source for its items. */
final class SourceRun extends NodeRun {
  private final Node.Source node;

  SourceRun(Node.Source node, Run run) {
    super(node.name(), run);
    this.node = node;
    hire(1, false);
  }

  @Override
  int waiting() {
    return 0;
  }

  @Override
  @Nullable Channel input() {
    return null;
  }

  @Override
  void work(Meter meter) throws InterruptedException {
    try (Iter<?> items = node.open().get()) {
      while (true) {
        checkpoint();
        meter.to(Meter.BUSY);
        if (!items.hasNext()) {
          return;
        }
        Object item = items.next();
        meter.in();
        if (item == null) {
          throw new NullPointerException("the source of the pipeline handed out null; an item must not be null");
        }
        meter.times.add(meter.to(Meter.PUTTING));
        emit(item, meter);
      }
    } catch (RuntimeException e) {
      // One that was interrupted throws what it likes; that is no failure of the pipeline's.
      if (!isCancelled()) {
        throw e;
      }
      run.log("the source of pipeline '" + run.name() + "', which was stopped", e);
    }
  }
}
