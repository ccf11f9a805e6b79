package dev.heddle.asyncio;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for something that is not cancelled with the task that waits; that one learns of it when the wait is over. */
final class Shield<T extends @Nullable Object> extends Operation<T> {
  private final Awaitable<T> source;
  private @Nullable Task<T> inner;
  private boolean brokenOff;

  Shield(Awaitable<T> source) {
    this.source = source;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (inner != null) {
      throw new LoopStateException("this shield was already awaited; call shield again");
    }
    Task<T> running = Asyncio.toTask(task.loop, source);
    inner = running;
    running.observe();
    running.whenDone(
        ended -> {
          if (brokenOff) {
            return;
          }
          Throwable error = ended.error();
          if (error == null) {
            task.wake(running.result());
          } else {
            task.fail(error);
          }
        });
    task.loop.circles.suspect(task, Stream.of(running));
    return PENDING;
  }

  @Override
  boolean withdraw(Task<?> task) {
    return false;
  }

  @Override
  Stream<Task<?>> needs() {
    return Stream.ofNullable(inner);
  }

  @Override
  boolean isBinding() {
    return true;
  }

  @Override
  void breakOff(Task<?> task) {
    brokenOff = true;
  }

  @Override
  public String toString() {
    return "waiting, shielded, for task '" + (inner == null ? "" : inner.name()) + "'";
  }
}
