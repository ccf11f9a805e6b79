package dev.heddle.asyncio;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.spi.LocalWrapper;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A call on an executor of which can be told when it has really ended; its future is done as soon as it is cancelled.
 *
 * <p>Thread-safe. The executor may call it several times, also at once, for a retry may begin while an attempt that was too slow
 * has not ended. In another process only the call itself arrives: its pool ends it there.
 */
final class Followed<T extends @Nullable Object> implements TaskCallable<T>, LocalWrapper {
  private static final long serialVersionUID = 1;

  private final TaskCallable<T> call;
  private int running;
  private boolean stopped;
  private @Nullable Runnable onEnd;
  private @Nullable Object result;
  private @Nullable Throwable failure;

  Followed(TaskCallable<T> call) {
    this.call = call;
  }

  @Override
  public TaskCallable<T> inner() {
    return call;
  }

  private Object writeReplace() {
    return call;
  }

  @Override
  public T call() throws Exception {
    begin();
    T value = null;
    Throwable thrown = null;
    try {
      value = call.call();
      return Cast.to(value);
    } catch (Throwable t) {
      thrown = t;
      throw t;
    } finally {
      end(value, thrown);
    }
  }

  private synchronized void begin() {
    if (stopped) {
      throw new CancellationException("the call was cancelled before it began");
    }
    running++;
  }

  private void end(@Nullable Object value, @Nullable Throwable thrown) {
    Runnable told;
    synchronized (this) {
      running--;
      result = value;
      failure = thrown;
      told = running == 0 ? onEnd : null;
    }
    if (told != null) {
      told.run();
    }
  }

  /** Lets it begin no more; true if it runs, and will tell when it has ended. */
  synchronized boolean stop(Runnable whenEnded) {
    stopped = true;
    onEnd = running == 0 ? null : whenEnded;
    return running > 0;
  }

  /** Tells a task that was cancelled how it has ended; a result is delivered, and the cancellation comes at the next await. */
  synchronized void tell(Task<?> task) {
    Throwable error = failure;
    if (error == null) {
      task.wake(result);
    } else if (error instanceof InterruptedException) {
      task.failCancelled(error);
    } else {
      task.fail(error);
    }
  }
}
