package dev.heddle.process;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ExecutorStats;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskBiFunction;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The executor of a process pool: the contract's own, and what is to be known of the workers. */
final class PooledProcesses implements ProcessExecutor {
  private final Executor executor;
  private final ProcessParts parts;

  private PooledProcesses(Executor executor, ProcessParts parts) {
    this.executor = executor;
    this.parts = parts;
  }

  static PooledProcesses open(int workers, ProcessOptions options) {
    ProcessParts parts = ProcessParts.assemble(workers, options);
    PoolOptions given = options.pool();
    PoolOptions rest = new PoolOptions(
        parts.name(), null, given.context(), given.listener(), given.time(), given.maxSpareThreads(), given.tasks());
    return new PooledProcesses(Executor.on(parts.engine(), rest), parts);
  }

  @Override
  public List<WorkerStats> workers() {
    return parts.workers();
  }

  @Override
  public long crashes() {
    return restarts().crashed();
  }

  @Override
  public Restarts restarts() {
    return parts.reports().restarts();
  }

  // ---- the contract ----

  @Override
  public String name() {
    return executor.name();
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task) {
    return executor.submit(task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions options, TaskCallable<T> task) {
    return executor.submit(options, task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return executor.submit(task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions options, TaskRunnable task) {
    return executor.submit(options, task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return executor.submit(task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return executor.submit(task, result);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return executor.submit(task);
  }

  @Override
  public void execute(Runnable command) {
    executor.execute(command);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return executor.map(options, fn, inputs);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second) {
    return executor.map(options, fn, first, second);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return executor.mapUnordered(options, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return executor.invokeAll(tasks);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
    return executor.invokeAll(tasks, timeout, unit);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return executor.invokeAny(tasks);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return executor.invokeAny(tasks, timeout, unit);
  }

  @Override
  public ExecutorStats stats() {
    return executor.stats();
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    executor.shutdown(wait, cancelFutures);
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public void close() {
    executor.close();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }

  @Override
  public String toString() {
    return executor.toString();
  }
}
