package dev.heddle.queue.run;

import dev.heddle.base.ClosedEarly;
import dev.heddle.iter.Iter;
import dev.heddle.queue.QueueInterruptedException;
import dev.heddle.queue.blocking.Cursor;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An iterator over the results of a run, which it starts with the first call. */
public final class ResultIter<T> implements Iter<T> {
  private final Cursor cursor = new Cursor();
  private @Nullable Supplier<PipelineExecution> plan;
  private @Nullable PipelineExecution run;
  private @Nullable T ahead;

  private final StackWalker.@Nullable StackFrame place = UnclosedResults.place();
  private Runnable settle = () -> {};

  /** Closed before its end. */
  private boolean cut;

  /** Creates an iterator; the run is created and started later. */
  public ResultIter(Supplier<PipelineExecution> plan) {
    this.plan = plan;
  }

  @Override
  @SuppressWarnings("unchecked") // the pipeline's signatures made sure of it
  public boolean hasNext() {
    if (ahead != null) {
      return true;
    }
    PipelineExecution started = started();
    if (cut) {
      throw ClosedEarly.error("this Iter over the results of a pipeline");
    }
    if (started == null) {
      return false;
    }
    try {
      ahead = (T) started.results().take(cursor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueueInterruptedException("the next result of pipeline '" + started.name() + "'", e);
    }
    if (ahead == null) {
      run = null;
      settle.run();
      new RunHandle(started).await();
    }
    return ahead != null;
  }

  private @Nullable PipelineExecution started() {
    Supplier<PipelineExecution> first = plan;
    if (first != null) {
      plan = null;
      PipelineExecution created = first.get();
      run = created;
      settle = UnclosedResults.watch(this, created, place);
      created.start();
    }
    return run;
  }

  @Override
  public T next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException("the pipeline has no further result; ask hasNext() first");
    }
    T item = ahead;
    ahead = null;
    return item;
  }

  @Override
  public void close() {
    PipelineExecution open = run;
    cut |= plan != null || open != null;
    plan = null;
    if (open != null) {
      run = null;
      settle.run();
      T unseen = ahead;
      if (unseen != null) {
        ahead = null;
        open.undelivered("results", unseen);
      }
      new RunHandle(open).close();
    }
  }

  @Override
  public String toString() {
    return "Iter over the results of a pipeline";
  }
}
