package dev.heddle.futures.task;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.spi.LocalWrapper;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a periodic task: it knows when its bodies here have ended, while its future is done as soon as it times out.
 * Only the inner call is sent to another process, which is ended then. Thread-safe.
 */
final class PeriodicRun implements TaskCallable<@Nullable Void>, LocalWrapper {
  private static final long serialVersionUID = 1;

  private final TaskCallable<@Nullable Void> call;
  private final transient BooleanSupplier closed;
  private transient int bodies; // guarded by this object, as what follows
  private transient boolean over; // no body begins any more
  private transient @Nullable Runnable atEnd;

  PeriodicRun(TaskRunnable task, BooleanSupplier closed) {
    this.call = TaskAdapters.of(task);
    this.closed = closed;
  }

  @Override
  public Callable<?> inner() {
    return call;
  }

  private Object writeReplace() {
    return call;
  }

  @Override
  public @Nullable Void call() throws Exception {
    begin();
    try {
      return call.call();
    } finally {
      end(() -> bodies--);
    }
  }

  private synchronized void begin() {
    if (over || closed.getAsBoolean()) {
      throw new CancellationException("the periodic task of this run was closed");
    }
    bodies++;
  }

  /** Called when the future is done; runs an action when no body runs here any more. */
  void ended(Runnable next) {
    end(() -> {
      over = true;
      atEnd = next;
    });
  }

  private void end(Runnable change) {
    Runnable next = null;
    synchronized (this) {
      change.run();
      if (bodies == 0) {
        next = atEnd;
        atEnd = null;
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
