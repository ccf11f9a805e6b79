package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.CancelPolicy;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.CarriedValues;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.Operation;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for a call on another thread. */
public final class ThreadCall<T extends @Nullable Object> extends Operation<T> implements Runnable {
  /** A value of {@link #runner}: the call has not begun. */
  private static final Object QUEUED = "queued";

  /** A value of {@link #runner}: the call has ended, or will never begin. */
  private static final Object OVER = "over";

  private final Executor executor;
  private final Callable<T> call;
  private final CancelPolicy policy;

  /** The thread that runs the call, or QUEUED or OVER. */
  private final AtomicReference<Object> runner = new AtomicReference<>(QUEUED);

  private @Nullable CarriedValues context;
  private @Nullable Scheduler scheduler;

  /** The waiting task; null before and after the wait. Confined to the loop's thread. */
  private @Nullable LoopTask<?> waiting;

  private boolean interrupted;

  // Written by the thread that runs the call, read after it has posted.
  private @Nullable Object result;
  private @Nullable Throwable failure;

  /** A call that begins when it is awaited. */
  public ThreadCall(Executor executor, Callable<T> call, CancelPolicy policy) {
    this.executor = executor;
    this.call = call;
    this.policy = policy;
  }

  @Override
  @Nullable
  protected Object begin(LoopTask<?> task) {
    if (scheduler != null) {
      throw new LoopStateException("this call was already awaited; a call runs once");
    }
    scheduler = task.scheduler();
    context = task.carriedValues();
    executor.execute(this); // a rejection is thrown at the await
    waiting = task;
    task.scheduler().external().workBegins();
    return PENDING;
  }

  @Override
  public void run() {
    if (!runner.compareAndSet(QUEUED, Thread.currentThread())) {
      return; // cancelled before it began
    }
    CarriedValues values = Objects.requireNonNull(context, "begin comes first");
    try {
      result = values.call(call);
    } catch (Throwable t) {
      failure = t;
    } finally {
      synchronized (this) { // an interrupt that is on its way must not reach the next work of this thread
        runner.set(OVER);
      }
      Scheduler home = scheduler;
      if (home != null) {
        home.post(this::resume); // refused if the loop has ended, and with it the wait
      }
    }
  }

  private void resume() {
    LoopTask<?> task = waiting;
    if (task == null) {
      return; // abandoned
    }
    waiting = null;
    task.scheduler().external().workEnds();
    Throwable error = failure;
    if (error == null) {
      task.wake(result);
    } else if (interrupted && error instanceof Exception) {
      task.failCancelled(error); // whatever the call made of its interrupt
    } else {
      task.failByCall(error);
    }
  }

  @Override
  protected boolean withdraw(LoopTask<?> task) {
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

  private void detach(LoopTask<?> task) {
    waiting = null;
    task.scheduler().external().workEnds();
  }

  @Override
  public String toString() {
    return "waiting for a call on another thread";
  }
}
