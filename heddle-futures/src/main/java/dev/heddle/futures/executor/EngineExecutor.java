package dev.heddle.futures.executor;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.map.HostedExecutor;
import dev.heddle.futures.map.MapHost;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.futures.task.TaskAdapters;
import dev.heddle.futures.task.TaskAttempt;
import dev.heddle.futures.task.TaskFuture;
import dev.heddle.futures.task.TaskScheduler;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Executor} over any engine; a {@link TaskScheduler} follows its tasks. */
public final class EngineExecutor implements HostedExecutor {
  private static final AtomicLong POOLS = new AtomicLong();

  private final String name;
  private final PoolOptions options;
  private final Engine engine;
  private final TaskScheduler tasks;
  private final MapHost maps = new Maps();
  private final Set<UnreadReport> unreadMaps = Collections.synchronizedSet(
      Collections.newSetFromMap(new WeakHashMap<>())); // weak: a map that was read no longer refers to its report

  EngineExecutor(String kind, PoolOptions options, boolean keepsAlive, Function<TaskScheduler, Engine> engine) {
    String given = options.name();
    this.name = given != null ? given : kind + "-" + POOLS.incrementAndGet();
    this.options = options;
    this.tasks = new TaskScheduler(name, options, keepsAlive, engine);
    this.engine = tasks.engine();
  }

  /** An executor whose tasks the given engine runs. */
  public static EngineExecutor on(Engine engine, PoolOptions options) {
    Check.notNull(engine, "engine");
    if (Check.notNull(options, "options").initializer() != null) {
      throw new IllegalArgumentException(
          "initializer must be null for an engine of your own; let the engine set up its workers itself");
    }
    return new EngineExecutor("pool", options, false, tasks -> engine);
  }

  // ---- submitting ----

  @Override
  public String name() {
    return name;
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task) {
    return tasks.start(options.tasks(), task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions how, TaskCallable<T> task) {
    return tasks.start(how, task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return tasks.start(options.tasks(), TaskAdapters.of(task));
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions how, TaskRunnable task) {
    return tasks.start(how, TaskAdapters.of(task));
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return tasks.start(options.tasks(), task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return tasks.start(options.tasks(), TaskAdapters.of(task, result));
  }

  @Override
  public Future<?> submit(Runnable task) {
    return tasks.start(options.tasks(), TaskAdapters.<@Nullable Void>of(task, null));
  }

  @Override
  public void execute(Runnable task) {
    TaskFuture<?> future = tasks.start(options.tasks(), TaskAdapters.uncaught(task));
    future.ignoreFailure(); // the handler of uncaught exceptions gets it
    Throwable failure = future.failure();
    if (failure != null && !future.hasBegun()) { // the caller has no future to see it in
      throw new RejectedExecutionException(
          "executor '" + name + "' cannot run the command: " + Describe.failure(failure), failure);
    }
  }

  // ---- maps ----

  @Override
  public MapHost maps() {
    return maps;
  }

  /** This executor, as its maps need it. */
  private final class Maps implements MapHost {
    @Override
    public String name() {
      return name;
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public TaskOptions tasks() {
      return options.tasks();
    }

    @Override
    public CoreFuture<?> start(TaskOptions how, TaskCallable<?> chunk, boolean measured) {
      return tasks.start(how, chunk, measured);
    }

    @Override
    public @Nullable ContextCarrier context() {
      return options.context();
    }

    @Override
    public void watch(UnreadReport report) {
      unreadMaps.add(report);
    }
  }

  /** Accepts no more tasks, and so no more inputs of maps: reports those whose results were not read. */
  private void refuseTasks() {
    tasks.close();
    for (UnreadReport report : unreadMaps.toArray(new UnreadReport[0])) {
      report.run();
    }
    unreadMaps.clear();
  }

  // ---- the end ----

  @Override
  public void shutdown() {
    refuseTasks();
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    if (wait) {
      refuseToWaitForItself();
    }
    refuseTasks();
    if (cancelFutures) {
      tasks.cancelNotBegun();
    }
    if (wait) {
      try {
        awaitEnd();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WaitInterruptedException(
            "the end of executor '" + name + "'",
            "it accepts no more tasks, and finishes those that it has: wait again with awaitTermination, or stop them with shutdownNow",
            e);
      }
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    refuseTasks();
    return tasks.stop();
  }

  @Override
  public void close() {
    refuseToWaitForItself();
    refuseTasks();
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
      // without a bound, as close() documents
    }
  }

  /** Throws on a thread that must not block, unless no task is left: then the wait is short. */
  private void refuseToBlock() {
    if (!tasks.isDrained()) {
      NonBlocking.check("waiting for the end of executor '" + name + "', whose tasks have not all ended,");
    }
  }

  /** Throws if a task of this executor would wait for its end. */
  private void refuseToWaitForItself() {
    if (RunningTask.current() instanceof TaskAttempt<?> current && current.scheduler() == tasks) {
      throw new DeadlockException(
          "deadlock: task '" + current.name() + "' would wait for the end of executor '" + name
              + "', on which it runs itself. Close the executor from outside its tasks, or use shutdown(false, …), which does"
              + " not wait",
          List.of(current.name()));
    }
  }

  @Override
  public boolean isShutdown() {
    return tasks.isClosed();
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
    return tasks.stats();
  }

  @Override
  public String toString() {
    return "<Executor " + name + (isTerminated() ? " terminated" : isShutdown() ? " closing" : "") + " " + stats() + ">";
  }
}
