package dev.heddle.queue;

import dev.heddle.iter.Iter;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
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
  @Nullable
  Channel input() {
    return null;
  }

  @Override
  void work(Meter meter) throws InterruptedException {
    try {
      Iter<?> items = node.open().get();
      try (items) {
        emitAll(items, meter);
      } finally {
        if (items instanceof PublisherIter<?> received) {
          received.left().forEach(item -> run.undelivered(name, item));
        }
      }
    } catch (RuntimeException e) {
      // One that was interrupted throws what it likes; that is no failure of the pipeline's.
      if (!isCancelled()) {
        throw e;
      }
      boolean expected = hasInterrupt(e);
      run.log(
          expected ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "the source of pipeline '" + run.name() + "', which was stopped,",
          e);
    }
  }

  private void emitAll(Iter<?> items, Meter meter) throws InterruptedException {
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
  }

  /** Whether an exception says no more than that its thread was interrupted. */
  private static boolean hasInterrupt(Throwable e) {
    int depth = 0; // a chain of causes may be a ring
    for (Throwable cause = e; cause != null && depth < 50; cause = cause.getCause()) {
      if (cause instanceof InterruptedException
          || cause instanceof InterruptedIOException
          || cause instanceof ClosedByInterruptException) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
