package dev.heddle.futures.scope;

import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ForwardingExecutor;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskBiFunction;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.SingleWait;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.group.BulkInvocation;
import dev.heddle.futures.group.GroupWait;
import dev.heddle.futures.map.MapHost;
import dev.heddle.futures.map.PairIter;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.futures.task.TaskAdapters;
import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A task scope while its block runs: it wraps the tasks, passes them on to its executor, and ends them with the block. */
public final class RunningScope extends ForwardingExecutor implements TaskScope, MapHost.Source {
  private static final String SHUT_DOWN = "this task scope was shut down and accepts no more tasks; submit before shutdown()";

  private final Children children = new Children();
  private final ScopeEnding ending;
  private final MapHost maps;

  /** A scope whose children an executor runs. */
  public RunningScope(Executor executor, ScopeOptions options) {
    super(executor);
    this.maps = new Maps(MapHost.of(executor));
    this.ending = new ScopeEnding(options, children);
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
    return child(Check.<TaskCallable<T>>notNull(task, "task"), true, call -> delegate().submit(call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions how, TaskCallable<T> task) {
    return child(Check.<TaskCallable<T>>notNull(task, "task"), true, call -> delegate().submit(how, call));
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return this.<@Nullable Void, Future<@Nullable Void>>child(TaskAdapters.of(task), true, call -> delegate().submit(call));
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions how, TaskRunnable task) {
    return this.<@Nullable Void, Future<@Nullable Void>>child(
        TaskAdapters.of(task), true, call -> delegate().submit(how, call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return child(Check.<Callable<T>>notNull(task, "task"), true, call -> delegate().submit(call));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return child(TaskAdapters.of(task, result), true, call -> delegate().submit(call));
  }

  @Override
  public Future<?> submit(Runnable task) {
    return child(TaskAdapters.<@Nullable Void>of(task, null), true, call -> delegate().submit(call));
  }

  @Override
  public void execute(Runnable command) {
    ((CoreFuture<?>) child(TaskAdapters.uncaught(command), true, call -> delegate().submit(call))).ignoreFailure();
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

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps.map(how, fn, inputs);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second) {
    return map(how, TaskAdapters.<A, B, R>paired(fn), new PairIter<A, B>(first, second));
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps.mapUnordered(how, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps.mapOutcomes(how, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps.mapOutcomesUnordered(how, fn, inputs);
  }

  // ---- java.util.concurrent's bulk methods ----

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return BulkInvocation.all(this::undecided, tasks, Long.MAX_VALUE);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
    return BulkInvocation.all(this::undecided, tasks, Math.max(0, unit.toNanos(timeout)));
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return BulkInvocation.any(this::undecided, tasks, null);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return BulkInvocation.anyInTime(this::undecided, tasks, Math.max(0, unit.toNanos(timeout)));
  }

  /** Starts a child whose failure is that of the caller, who waits for it here. */
  private <T extends @Nullable Object> Future<T> undecided(Callable<T> task) {
    return child(Check.<Callable<T>>notNull(task, "task"), false, call -> delegate().submit(call));
  }

  // ---- an end before that of the block ----

  @Override
  public void shutdown() {
    children.refuse(SHUT_DOWN);
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    shutdown();
    if (cancelFutures) {
      children.open().forEach(child -> child.cancel(false));
    }
    if (wait) {
      GroupWait.await(children.open(), ReturnWhen.ALL_COMPLETED, null);
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    children.cancelAll(SHUT_DOWN);
    return List.of();
  }

  @Override
  public void close() {
    shutdown(true, false);
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
