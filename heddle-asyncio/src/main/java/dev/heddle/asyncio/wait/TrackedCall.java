package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Cast;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.spi.LocalWrapper;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A call on an executor whose actual end can be observed, while its future is done as soon as it is cancelled.
 *
 * <p>Thread-safe. The executor may call it several times, also concurrently, since a retry may begin while an attempt that
 * was too slow has not ended. Only the call itself is serialized to another process, whose pool ends it.
 */
final class TrackedCall<T extends @Nullable Object> implements TaskCallable<T>, LocalWrapper {
  private static final long serialVersionUID = 1;

  private final TaskCallable<T> call;
  private int running;
  private boolean stopped;
  private @Nullable Runnable onEnd;
  private @Nullable Object result;
  private @Nullable Throwable failure;

  TrackedCall(TaskCallable<T> call) {
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
    Runnable callback;
    synchronized (this) {
      running--;
      result = value;
      failure = thrown;
      callback = running == 0 ? onEnd : null;
    }
    if (callback != null) {
      callback.run();
    }
  }

  /** Prevents further attempts; true if an attempt is running, whose end will then be reported. */
  synchronized boolean stop(Runnable whenEnded) {
    stopped = true;
    onEnd = running == 0 ? null : whenEnded;
    return running > 0;
  }

  /**
   * Wakes a cancelled task with the end of the call; a result is delivered, and the cancellation comes at the next await.
   */
  synchronized void wake(LoopTask<?> task) {
    Throwable error = failure;
    if (error == null) {
      task.wake(result);
    } else if (error instanceof Exception) {
      task.failCancelled(error); // whatever the call made of its interrupt
    } else {
      task.fail(error);
    }
  }
}
