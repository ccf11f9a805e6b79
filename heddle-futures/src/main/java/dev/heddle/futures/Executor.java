package dev.heddle.futures;

import dev.heddle.futures.executor.EngineExecutor;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import dev.heddle.iter.Iter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and hands out their futures: the one contract of every engine, be it virtual threads, platform threads, worker
 * processes or a cluster.
 *
 * <pre>{@code
 * try (Executor pool = ThreadPool.of(4)) {
 *   Future<Long> sum = pool.submit(() -> Sums.upTo(10));
 *   for (long each : pool.map(Sums::upTo, List.of(100_000L, 1_000_000L))) {
 *     System.out.println(each);
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread-safe.</b> Submitting does not block. {@link #close()}, {@link #shutdown(boolean, boolean) shutdown(true, …)},
 * {@link #awaitTermination} and the {@code invoke…} methods wait; interrupting them ends the wait as each one says. What a
 * thread did before it submitted a task happens-before the task's first action.
 *
 * <p>A task may submit to its own executor and wait for the result, whatever the pool's size: while a task waits for another
 * future, its place is lent to a queued one. Tasks that wait for each other in a cycle get a {@link DeadlockException}.
 *
 * <p>It is an {@link ExecutorService} and can be handed to anything that takes one. Two things are stricter here: {@code
 * cancel(false)} leaves a running task alone and answers false, and {@link #shutdownNow} cancels the futures of running
 * tasks, not only their threads.
 *
 * <p>Origin: Python's {@code concurrent.futures.Executor}.
 */
public interface Executor extends ExecutorService {

  /**
   * An executor whose tasks a given engine runs; for those who write engines.
   *
   * @param engine used by this executor alone, which shuts it down
   */
  static Executor on(Engine engine, PoolOptions options) {
    return EngineExecutor.on(engine, options);
  }

  /** The executor's name, which its threads and tasks bear. */
  String name();

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task);

  /**
   * Runs a task with a name, a time-out or retries of its own.
   *
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  <T extends @Nullable Object> Future<T> submit(TaskOptions options, TaskCallable<T> task);

  /**
   * Runs a task without a result.
   *
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  Future<@Nullable Void> submit(TaskRunnable task);

  /**
   * Runs a task without a result, with a name, a time-out or retries of its own.
   *
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  Future<@Nullable Void> submit(TaskOptions options, TaskRunnable task);

  @Override
  <T extends @Nullable Object> Future<T> submit(Callable<T> task);

  @Override
  <T extends @Nullable Object> Future<T> submit(Runnable task, T result);

  @Override
  Future<?> submit(Runnable task);

  /**
   * Applies a function to each input, in parallel; the results come lazily and in the order of the inputs.
   *
   * <p>Work starts at once, and never runs more than {@link MapOptions#ahead} inputs ahead of the consumer, so that endless
   * inputs are fine and memory stays flat. Inputs are pulled on the calling thread. An input that fails, or a source that
   * does, surfaces at its position, after the results before it; then the iteration is over. Closing the result cancels what
   * has not begun.
   *
   * <p>Origin: {@code Executor.map} of Python, with {@code buffersize}.
   *
   * @return a single-use iterator, for one thread at a time; {@code next} waits for the next result and throws what {@link
   *     Future#result()} throws
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return map(MapOptions.defaults(), fn, inputs);
  }

  /** {@link #map(TaskFunction, Iterable) map} with a bound on the inputs ahead, a chunk size or a time-out. */
  <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs);

  /**
   * {@link #map(TaskFunction, Iterable) map} over two sources, element by element; it ends with the shorter one, as Python's
   * does.
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      TaskBiFunction<? super A, ? super B, ? extends R> fn, Iterable<? extends A> first, Iterable<? extends B> second) {
    return map(MapOptions.defaults(), fn, first, second);
  }

  /** {@link #map(MapOptions, TaskFunction, Iterable) map} over two sources, element by element, up to the shorter's end. */
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second);

  /**
   * {@link #map(TaskFunction, Iterable) map} whose results come as they are ready, in any order; everything else is the same.
   */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return mapUnordered(MapOptions.defaults(), fn, inputs);
  }

  /** {@link #mapUnordered(TaskFunction, Iterable) mapUnordered} with a bound on the inputs ahead, a chunk size or a time-out. */
  <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs);

  /**
   * What the executor has done and is doing. Cheap; the figures are read one after the other, so they add up exactly only
   * when it is idle.
   */
  ExecutorStats stats();

  /**
   * Accepts no more tasks.
   *
   * <p>Origin: {@code Executor.shutdown} of Python.
   *
   * @param wait whether to wait until all tasks have ended and every worker is gone
   * @param cancelFutures whether to cancel the tasks that have not begun; running ones go on
   * @throws DeadlockException if {@code wait} is asked for by a task of this executor
   * @throws WaitInterruptedException if the calling thread is interrupted while it waits; the tasks go on
   */
  void shutdown(boolean wait, boolean cancelFutures);

  /**
   * Accepts no more tasks and waits until all have ended and every worker is gone.
   *
   * <p>It waits as long as they take; to give up, interrupt it: running tasks are then cancelled as by {@link #shutdownNow},
   * and the interrupt status is set again. To wait for a bounded time use {@code shutdown()} and {@link #awaitTermination}.
   *
   * @throws DeadlockException if called by a task of this executor
   * @throws IllegalStateException if tasks are left and the calling thread must not block, as that of an event loop; it
   *     accepts no more tasks all the same, and ends by itself
   */
  @Override
  void close();
}
