package dev.heddle.queue.run;

import dev.heddle.iter.Iter;
import dev.heddle.queue.flow.PublisherIter;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.plan.PlanNode;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The execution of a source: one worker that takes its items. */
final class SourceRun extends NodeRun {
  private final PlanNode.Source node;
  private volatile boolean closing; // the iteration has ended

  SourceRun(PlanNode.Source node, PipelineExecution run) {
    super(node.name(), run);
    this.node = node;
    hire(1, false);
  }

  /** Returns how many items it will hand out; empty if that is unknown. */
  OptionalLong size() {
    return node.size().get();
  }

  @Override
  int waiting() {
    return 0;
  }

  /** Returns whether it was cancelled, and its iteration goes on nevertheless, perhaps for ever. */
  boolean isUnresponsive() {
    return isCancelled() && !isEnded() && !closing;
  }

  @Override
  @Nullable
  StageQueue input() {
    return null;
  }

  @Override
  void work(WorkerMeter meter) throws InterruptedException {
    try {
      Iter<?> items = node.open().get();
      try (items) {
        emitThenClose(items, meter);
      } finally {
        if (items instanceof PublisherIter<?> received) {
          received.left().forEach(item -> run.undelivered(name, item));
        }
      }
    } catch (RuntimeException e) {
      // A source that was interrupted may throw anything; the pipeline has not failed by that.
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

  private void emitThenClose(Iter<?> items, WorkerMeter meter) throws InterruptedException {
    try {
      emitAll(items, meter);
    } finally {
      closing = true;
    }
  }

  private void emitAll(Iter<?> items, WorkerMeter meter) throws InterruptedException {
    while (true) {
      checkpoint();
      meter.begin(meter.items(), null);
      if (!items.hasNext()) {
        return;
      }
      Object item = items.next();
      meter.in();
      if (item == null) {
        throw new NullPointerException("the source of the pipeline handed out null; an item must not be null");
      }
      took(meter.end(meter.items() - 1, item), meter.items() - 1, item, meter);
      emit(item, meter);
    }
  }

  /** Returns whether an exception reports an interrupt only. */
  private static boolean hasInterrupt(Throwable e) {
    int depth = 0; // a chain of causes may be cyclic
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
