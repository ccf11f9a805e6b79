package dev.heddle.asyncio;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for a call on another thread. */
final class Offload<T extends @Nullable Object> extends Operation<T> implements Runnable {
  /** In {@link #runner}: it has not begun. */
  private static final Object QUEUED = "queued";

  /** In {@link #runner}: it has ended, or never will begin. */
  private static final Object OVER = "over";

  private final Executor executor;
  private final Callable<T> call;
  private final CancelPolicy policy;

  /** The thread that runs the call, QUEUED or OVER. */
  private final AtomicReference<Object> runner = new AtomicReference<>(QUEUED);

  private @Nullable ContextValues context;
  private @Nullable EventLoop loop;

  /** Who waits; null before and after. Of the loop's thread alone. */
  private @Nullable Task<?> waiting;

  private boolean interrupted;

  // Written by the thread that runs the call, read after it has posted.
  private @Nullable Object result;
  private @Nullable Throwable failure;

  Offload(Executor executor, Callable<T> call, CancelPolicy policy) {
    this.executor = executor;
    this.call = call;
    this.policy = policy;
  }

  @Override
  @Nullable
  Object begin(Task<?> task) {
    if (loop != null) {
      throw new LoopStateException("this call was already awaited; a call runs once");
    }
    loop = task.loop;
    context = task.context;
    executor.execute(this); // a rejection is thrown at the await
    waiting = task;
    task.loop.outside.workBegins();
    return PENDING;
  }

  @Override
  public void run() {
    if (!runner.compareAndSet(QUEUED, Thread.currentThread())) {
      return; // cancelled before it began
    }
    ContextVar.CARRIED.set(context);
    try {
      result = call.call();
    } catch (Throwable t) {
      failure = t;
    } finally {
      ContextVar.CARRIED.remove();
      synchronized (this) { // an interrupt that is on its way must not hit what the thread does next
        runner.set(OVER);
      }
      EventLoop home = loop;
      if (home != null) {
        home.post(this::resume); // if the loop has ended, nobody waits any more
      }
    }
  }

  private void resume() {
    Task<?> task = waiting;
    if (task == null) {
      return; // abandoned
    }
    waiting = null;
    task.loop.outside.workEnds();
    Throwable error = failure;
    if (error == null) {
      task.wake(result);
    } else if (interrupted && error instanceof InterruptedException) {
      task.failCancelled(error);
    } else {
      task.fail(error);
    }
  }

  @Override
  boolean withdraw(Task<?> task) {
    if (runner.compareAndSet(QUEUED, OVER)) {
      detach(task);
      return true;
    }
    if (policy != CancelPolicy.WAIT) {
      synchronized (this) {
        if (runner.get() instanceof Thread running) {
          interrupted = true;
          running.interrupt();
        }
      }
    }
    if (policy == CancelPolicy.ABANDON) {
      detach(task);
      return true;
    }
    return false;
  }

  private void detach(Task<?> task) {
    waiting = null;
    task.loop.outside.workEnds();
  }

  @Override
  public String toString() {
    return "waiting for a call on another thread";
  }
}
