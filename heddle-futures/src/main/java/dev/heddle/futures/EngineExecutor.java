package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.FutureState.Cancelled;
import dev.heddle.futures.FutureState.Done;
import dev.heddle.futures.FutureState.Failure;
import dev.heddle.futures.FutureState.Success;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.futures.spi.Work;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract of {@link Executor}, over any engine. */
final class EngineExecutor implements Executor {
  private static final AtomicLong POOLS = new AtomicLong();

  private final String name;
  private final PoolOptions options;
  private final Engine engine;
  private final AtomicLong submitted = new AtomicLong();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final Set<TaskFuture<?>> pausing = ConcurrentHashMap.newKeySet();
  private final InFlight unfinished = new InFlight(this::allEnded);
  private volatile boolean stopping; // by shutdownNow: what begins from now on is cancelled
  private volatile @Nullable BrokenExecutorException broken;

  private EngineExecutor(String kind, PoolOptions options, Function<EngineExecutor, Engine> engine) {
    String given = options.name();
    this.name = given != null ? given : kind + "-" + POOLS.incrementAndGet();
    this.options = options;
    this.engine = engine.apply(this);
  }

  EngineExecutor(Engine engine, PoolOptions options) {
    this("pool", options, executor -> engine);
    if (options.initializer() != null) {
      throw new IllegalArgumentException(
          "initializer must be null for an engine of your own; let the engine set up its workers itself");
    }
  }

  static EngineExecutor platform(int workers, PoolOptions options) {
    return new EngineExecutor(
        "threads",
        Check.notNull(options, "options"),
        pool -> {
          ThreadFactory threads = Thread.ofPlatform().name(pool.name + "-worker-", 1).daemon(false).factory();
          return new WorkerEngine(workers, options.maxSpareThreads(), threads, pool.workerSetup());
        });
  }

  static EngineExecutor limitedVirtual(int limit, PoolOptions options) {
    return new EngineExecutor(
        "virtual",
        Check.notNull(options, "options"),
        pool -> new WorkerEngine(limit, Integer.MAX_VALUE, pool.virtualThreads(), pool.workerSetup()));
  }

  static EngineExecutor virtual(PoolOptions options) {
    return new EngineExecutor(
        "virtual",
        Check.notNull(options, "options"),
        pool -> new VirtualEngine(pool.virtualThreads(), pool.workerSetup()));
  }

  private ThreadFactory virtualThreads() {
    // A name costs each thread more than its start, so threads bear one only if somebody gave it.
    return options.name() == null ? Thread.ofVirtual().factory() : Thread.ofVirtual().name(name + "-", 1).factory();
  }

  private WorkerSetup workerSetup() {
    TaskRunnable initializer = options.initializer();
    if (initializer == null) {
      return WorkerSetup.NONE;
    }
    return () -> {
      try {
        initializer.run();
        return null;
      } catch (Throwable e) {
        return breakWith(e);
      }
    };
  }

  /** Fails what has not begun, and rejects what comes. */
  private BrokenExecutorException breakWith(Throwable cause) {
    BrokenExecutorException error = BrokenExecutorException.ofInitializer(name, cause);
    broken = error;
    failNotBegun(error);
    return error;
  }

  private void failNotBegun(BrokenExecutorException error) {
    engine.drain().forEach(work -> work.abort(new BrokenExecutorException(error)));
  }

  // ---- what tasks need ----

  Engine engine() {
    return engine;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The attempts that occupy every worker and wait; empty if a worker does not wait, and so may take what is queued. */
  List<TaskRun<?>> occupants() {
    Engine.Load load = engine.load();
    if (load.waiting() < load.workers()) {
      return List.of();
    }
    List<TaskRun<?>> runs = new ArrayList<>();
    for (Attempt attempt : engine.running()) {
      runs.add((TaskRun<?>) attempt);
    }
    return runs.size() < load.workers() ? List.of() : runs;
  }

  TimeSource time() {
    return options.time();
  }

  void started(TaskFuture<?> task) {
    tell(listener -> listener.started(task));
  }

  void ended(TaskFuture<?> task, Done outcome) {
    switch (outcome) {
      case Success _ -> succeeded.increment();
      case Failure _ -> failed.increment();
      case Cancelled _ -> cancelled.increment();
    }
    if (task.options().retry() != Retry.NEVER) {
      pausing.remove(task);
    }
    tell(listener -> listener.finished(task));
    unfinished.exit();
  }

  /** Runs a task again after a pause. */
  void retry(TaskFuture<?> task, int attempt, Throwable failure) {
    retried.increment();
    tell(listener -> listener.retrying(task, failure));
    long pause = task.options().retry().pauseNanos(attempt);
    if (pause == 0) {
      startAgain(task);
      return;
    }
    pausing.add(task);
    task.pauseUntil(time().schedule(Duration.ofNanos(pause), () -> startAgain(task)));
    if (stopping) { // since it was running, and so perhaps seen neither there nor among the pausing
      task.cancel(false);
    }
    if (task.isDone()) { // cancelled since the attempt, perhaps before it was among the pausing
      pausing.remove(task);
    }
  }

  private void startAgain(TaskFuture<?> task) {
    pausing.remove(task);
    try {
      engine.start(task);
    } catch (Throwable e) { // rejected, or the engine's fault: nobody else would end it
      task.abort(e);
    }
  }

  private void tell(Consumer<TaskListener> what) {
    TaskListener listener = options.listener();
    if (listener != null) {
      try {
        what.accept(listener);
      } catch (Throwable e) {
        Log.ignored("the task listener of executor '" + name + "'", e);
      }
    }
  }

  private void allEnded() {
    engine.shutdown();
  }

  // ---- submitting ----

  @Override
  public String name() {
    return name;
  }

  private <T extends @Nullable Object> TaskFuture<T> start(TaskOptions how, Callable<? extends T> task) {
    Check.notNull(how, "options");
    Check.notNull(task, "task");
    ContextCarrier carrier = options.context();
    ContextCarrier.Context context = carrier == null ? null : carrier.capture();
    if (!unfinished.enter()) {
      throw new RejectedExecutionException(
          "executor '" + name + "' was closed and accepts no more tasks; submit before close() or shutdown(),"
              + " or make a new executor");
    }
    TaskFuture<T> future = new TaskFuture<>(this, how, submitted.incrementAndGet(), task, context);
    try {
      tell(listener -> listener.submitted(future));
      if (broken != null) {
        throw new BrokenExecutorException(broken);
      }
      engine.start(future);
    } catch (Throwable e) { // rejected, or the engine's fault: nobody else would end it
      future.abort(e);
      throw e;
    }
    if (broken != null) { // it broke meanwhile, perhaps before the task was queued
      failNotBegun(broken);
    }
    return future;
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task) {
    return start(options.tasks(), task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions how, TaskCallable<T> task) {
    return start(how, task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return start(options.tasks(), Calls.of(task));
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions how, TaskRunnable task) {
    return start(how, Calls.of(task));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return start(options.tasks(), task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return start(options.tasks(), Calls.of(task, result));
  }

  @Override
  public Future<?> submit(Runnable task) {
    return start(options.tasks(), Calls.<@Nullable Void>of(task, null));
  }

  @Override
  public void execute(Runnable task) {
    TaskFuture<?> future = start(options.tasks(), Calls.uncaught(task));
    Throwable failure = future.failure();
    if (failure != null && !future.hasBegun()) { // nobody else would ever learn of it
      throw new RejectedExecutionException(
          "executor '" + name + "' cannot run the command: " + Text.of(failure), failure);
    }
  }

  // ---- maps ----

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new OrderedMap<>(new MapWindow<>(this, how, fn, inputs));
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second) {
    return map(how, Calls.<A, B, R>paired(fn), new PairIter<A, B>(first, second));
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return new UnorderedMap<>(new MapWindow<>(this, how, fn, inputs));
  }

  // ---- java.util.concurrent's bulk methods ----

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return Invoking.all(this, tasks, Long.MAX_VALUE);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
    return Invoking.all(this, tasks, Math.max(0, unit.toNanos(timeout)));
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return Invoking.any(this, tasks, null);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return Invoking.anyInTime(this, tasks, Math.max(0, unit.toNanos(timeout)));
  }

  // ---- the end ----

  @Override
  public void shutdown() {
    unfinished.close();
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    if (wait) {
      refuseToWaitForOneself();
    }
    unfinished.close();
    if (cancelFutures) {
      cancelNotBegun();
    }
    if (wait) {
      try {
        awaitEnd();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WaitInterruptedException("the end of executor '" + name + "'", e);
      }
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    unfinished.close();
    stopping = true;
    List<Runnable> notBegun = cancelNotBegun();
    for (Attempt attempt : engine.running()) {
      TaskFuture<?> task = (TaskFuture<?>) attempt.work();
      if (task.isDone()) {
        engine.stop(attempt); // its body goes on although the task has timed out or was cancelled; tell it again
      } else {
        task.cancel(true);
      }
    }
    return notBegun;
  }

  private List<Runnable> cancelNotBegun() {
    List<Work> waiting = new ArrayList<>(engine.drain());
    waiting.addAll(pausing);
    List<Runnable> bodies = new ArrayList<>();
    for (Work work : waiting) {
      Callable<?> body = work.body();
      if (((TaskFuture<?>) work).cancel(false) && body != null) {
        bodies.add(Calls.asRunnable(body));
      }
    }
    return bodies;
  }

  @Override
  public void close() {
    refuseToWaitForOneself();
    unfinished.close();
    boolean interrupted = false;
    while (!isTerminated()) {
      try {
        awaitEnd();
      } catch (InterruptedException e) {
        shutdownNow();
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() throws InterruptedException {
    refuseToBlock();
    while (!engine.awaitTermination(Duration.ofDays(1))) {
    } // as long as it takes
  }

  /** Refuses where nothing may block, unless no task is left: then the wait is short. */
  private void refuseToBlock() {
    if (!unfinished.isDrained()) {
      NonBlocking.check("waiting for the end of executor '" + name + "', whose tasks have not all ended,");
    }
  }

  private void refuseToWaitForOneself() {
    TaskRun<?> run = TaskRun.current();
    if (run != null && run.isOf(this)) {
      throw DeadlockException.closingOwnExecutor(run.name(), name);
    }
  }

  @Override
  public boolean isShutdown() {
    return unfinished.isClosed();
  }

  @Override
  public boolean isTerminated() {
    return engine.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    if (timeout > 0) {
      refuseToBlock();
    }
    return engine.awaitTermination(Duration.ofNanos(Math.max(0, unit.toNanos(timeout))));
  }

  @Override
  public ExecutorStats stats() {
    Engine.Load load = engine.load();
    long accepted = submitted.get();
    long ended = succeeded.sum() + failed.sum() + cancelled.sum();
    return new ExecutorStats(
        accepted,
        succeeded.sum(),
        failed.sum(),
        cancelled.sum(),
        retried.sum(),
        (int) Math.max(0, accepted - ended - load.running()),
        load.running(),
        load.waiting(),
        load.workers());
  }

  @Override
  public String toString() {
    return "<Executor " + name + (isTerminated() ? " terminated" : isShutdown() ? " closing" : "") + " " + stats() + ">";
  }
}
