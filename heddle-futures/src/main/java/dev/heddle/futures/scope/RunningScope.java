package dev.heddle.futures.scope;

import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.Future;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.SingleWait;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.group.GroupWait;
import dev.heddle.futures.map.HostedExecutor;
import dev.heddle.futures.map.MapHost;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.futures.task.TaskAdapters;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A task scope while its block runs: it wraps the tasks, passes them on to its executor, and ends them with the block. */
public final class RunningScope implements TaskScope, HostedExecutor {
  private static final String SHUT_DOWN = "this task scope was shut down and accepts no more tasks; submit before shutdown()";

  private final Executor executor;
  private final Children children = new Children();
  private final ScopeEnding ending;
  private final MapHost maps;

  /** A scope whose children an executor runs. */
  public RunningScope(Executor executor, ScopeOptions options) {
    this.executor = executor;
    this.maps = new Maps(MapHost.of(executor));
    this.ending = new ScopeEnding(options, children);
  }

  @Override
  public String name() {
    return executor.name();
  }

  @Override
  public ExecutorStats stats() {
    return executor.stats();
  }

  // ---- the block ----

  /** Runs the block on this thread. */
  public <T extends @Nullable Object, E extends Exception> T run(Body<T, E> body) throws E {
    NonBlocking.check("running a task scope, which waits for its tasks,");
    ending.begin();
    Object value = null;
    Throwable thrown = null;
    try {
      value = body.call(this);
    } catch (Throwable e) {
      thrown = e;
    }
    return ending.end(Cast.<T>to(value), thrown);
  }

  // ---- children ----

  /** Starts a child; decisive if its end may end the scope, according to the options. */
  private <T extends @Nullable Object, F extends Future<?>> F child(
      Callable<T> task, boolean decisive, Function<TaskCallable<T>, F> start) {
    children.admit();
    F future;
    try {
      future = start.apply(new ScopeCall<>(children, task));
    } catch (Throwable e) {
      children.notStarted();
      throw e;
    }
    CoreFuture<?> child = (CoreFuture<?>) future;
    boolean wanted = children.started(child);
    if (!child.observe(done -> ending.childDone(done, decisive))) {
      ending.childDone(child, decisive);
    }
    if (!wanted) {
      child.cancel(true);
    }
    return future;
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task) {
    return child(Check.<TaskCallable<T>>notNull(task, "task"), true, call -> executor.submit(call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions how, TaskCallable<T> task) {
    return child(Check.<TaskCallable<T>>notNull(task, "task"), true, call -> executor.submit(how, call));
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return this.<@Nullable Void, Future<@Nullable Void>>child(TaskAdapters.of(task), true, call -> executor.submit(call));
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions how, TaskRunnable task) {
    return this.<@Nullable Void, Future<@Nullable Void>>child(
        TaskAdapters.of(task), true, call -> executor.submit(how, call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return child(Check.<Callable<T>>notNull(task, "task"), true, call -> executor.submit(call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return child(TaskAdapters.of(task, result), true, call -> executor.submit(call));
  }

  @Override
  public Future<?> submit(Runnable task) {
    return child(TaskAdapters.<@Nullable Void>of(task, null), true, call -> executor.submit(call));
  }

  @Override
  public void execute(Runnable command) {
    ((CoreFuture<?>) child(TaskAdapters.uncaught(command), true, call -> executor.submit(call))).ignoreFailure();
  }

  // ---- maps, whose failures are thrown to the reader of their results ----

  private final class Maps implements MapHost {
    private final MapHost inner;

    Maps(MapHost inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public Engine engine() {
      return inner.engine();
    }

    @Override
    public TaskOptions tasks() {
      return inner.tasks();
    }

    @Override
    public CoreFuture<?> start(TaskOptions how, TaskCallable<?> chunk, boolean measured) {
      return child(chunk, false, call -> inner.start(how, call, measured));
    }

    @Override
    public @Nullable ContextCarrier context() {
      return inner.context();
    }

    @Override
    public void watch(UnreadReport report) {
      inner.watch(report);
    }
  }

  @Override
  public MapHost maps() {
    return maps;
  }

  /** Starts a child whose failure does not end the scope. */
  @Override
  public <T extends @Nullable Object> Future<T> submitOfMany(Callable<T> task) {
    return child(Check.<Callable<T>>notNull(task, "task"), false, call -> executor.submit(call));
  }

  // ---- an end before that of the block ----

  @Override
  public void shutdown() {
    children.refuse(SHUT_DOWN);
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    if (wait) {
      refuseToWaitForItself();
    }
    shutdown();
    if (cancelFutures) {
      children.open().forEach(child -> child.cancel(false));
    }
    if (wait) {
      try {
        awaitEnd();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WaitInterruptedException(
            "the children of a task scope",
            "they go on, and the block does not end before them: wait again, or stop them with shutdownNow",
            e);
      }
    }
  }

  /** Waits for the children, those that were about to start included; call {@link #shutdown} before. */
  private void awaitEnd() throws InterruptedException {
    for (List<CoreFuture<?>> open = children.open(); !open.isEmpty(); open = children.open()) {
      GroupWait.await(open, ReturnWhen.ALL_COMPLETED, null); // finds deadlocks
    }
    new SingleWait(children.ended()).await();
  }

  private void refuseToWaitForItself() {
    if (children.isInBody()) {
      throw new DeadlockException(
          "deadlock: a task of a task scope would wait for the end of all its tasks, and is one of them; wait in the body of"
              + " the block, or use shutdown(false, …), which does not wait",
          List.of());
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    children.cancelAll(SHUT_DOWN);
    return List.of();
  }

  @Override
  public void close() {
    refuseToWaitForItself();
    shutdown();
    boolean interrupted = false;
    while (!isTerminated()) {
      try {
        awaitEnd();
      } catch (InterruptedException | WaitInterruptedException e) {
        interrupted |= Thread.interrupted() || e instanceof InterruptedException;
        shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isShutdown() {
    return children.isClosed();
  }

  @Override
  public boolean isTerminated() {
    return children.ended().isDone();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return new SingleWait(children.ended()).await(Math.max(0, unit.toNanos(timeout)));
  }

  @Override
  public String toString() {
    return "<TaskScope on " + name() + ", " + children.open().size() + " unfinished>";
  }
}
