package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Promise;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import dev.heddle.asyncio.task.Unchecked;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A promise: its outcome, and the tasks that wait for it. One operation that several tasks can await. */
public final class LoopPromise<T extends @Nullable Object> extends Operation<T> implements Promise<T> {

  /** The loop it belongs to; a part, since a class has one superclass. */
  private static final class Bound extends LoopBound {
    @Override
    public String toString() {
      return "a promise";
    }
  }

  private final Bound bound = new Bound();
  private final Set<LoopTask<?>> waiting = new LinkedHashSet<>();
  private boolean done;
  private @Nullable Object value;
  private @Nullable Throwable failure;

  /** An open promise. */
  public LoopPromise() {}

  @Override
  public boolean complete(T result) {
    return end("complete", result, null);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    return end("completeExceptionally", null, Check.notNull(error, "failure"));
  }

  @Override
  public boolean cancel() {
    return end("cancel", null, new CancellationException("a promise that was waited for was cancelled"));
  }

  private boolean end(String method, @Nullable Object result, @Nullable Throwable error) {
    bound.checkInside("Promise." + method);
    if (done) {
      return false;
    }
    done = true;
    value = result;
    failure = error;
    List<LoopTask<?>> all = List.copyOf(waiting);
    waiting.clear();
    for (LoopTask<?> each : all) {
      if (error == null) {
        each.wake(result);
      } else {
        each.fail(error);
      }
    }
    return true;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public T result() {
    if (!done) {
      throw new LoopStateException("this promise is open, and waiting for it here would block the loop; use await(promise)");
    }
    if (failure != null) {
      throw Unchecked.rethrow(failure);
    }
    return Cast.to(value);
  }

  @Override
  protected @Nullable Object begin(LoopTask<?> task) {
    bound.enter(task);
    if (done) {
      return result();
    }
    waiting.add(task);
    return PENDING;
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    return waiting.remove(task);
  }

  @Override
  public String toString() {
    return done ? "<Promise done>" : "waiting for a promise that is open, as do " + waiting.size() + " tasks in all";
  }
}
