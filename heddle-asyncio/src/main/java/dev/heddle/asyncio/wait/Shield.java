package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for an awaitable that is not cancelled with the waiting task; the cancellation is delivered after the wait. */
public final class Shield<T extends @Nullable Object> extends Operation<T> {
  private final Awaitable<T> source;
  private @Nullable LoopTask<T> inner;
  private boolean brokenOff;

  /** A wait for the given awaitable. */
  public Shield(Awaitable<T> source) {
    this.source = source;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (inner != null) {
      throw new LoopStateException("this shield was already awaited; call shield again");
    }
    LoopTask<T> running = LoopTask.toTask(task.host(), source);
    inner = running;
    running.observe();
    running.whenDone(
        ended -> {
          if (brokenOff) {
            return;
          }
          Throwable error = ended.errorFor(task);
          if (error == null) {
            task.wake(running.result());
          } else {
            task.fail(error);
          }
        });
    task.host().deadlocks().suspect(task, Stream.of(running));
    return PENDING;
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
    return false;
  }

  @Override
  protected Stream<LoopTask<?>> needs() {
    return Stream.ofNullable(inner);
  }

  @Override
  protected boolean isBinding() {
    return true;
  }

  @Override
  protected void breakOff(LoopTask<?> task) {
    brokenOff = true;
  }

  @Override
  public String toString() {
    return "waiting, shielded, for task '" + (inner == null ? "" : inner.name()) + "'";
  }
}
