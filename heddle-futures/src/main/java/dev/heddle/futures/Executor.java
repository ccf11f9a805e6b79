package dev.heddle.futures;

import dev.heddle.futures.executor.EngineExecutor;
import dev.heddle.futures.spi.Engine;
import dev.heddle.iter.Iter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and returns their futures. The contract is the same for every engine: virtual threads, platform threads, worker
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
 * {@link #awaitTermination} and the {@code invoke…} methods wait; each documents what an interrupt does. What a
 * thread did before it submitted a task happens-before the task's first action.
 *
 * <p>A task may submit to its own executor and wait for the result, whatever the pool's size: while a task waits for another
 * future, a queued one may run in its place. Tasks that wait for each other in a cycle get a {@link DeadlockException}.
 *
 * <p>It is an {@link ExecutorService} and can be handed to anything that takes one. Two things are stricter here: {@code
 * cancel(false)} does not affect a running task and returns false, and {@link #shutdownNow} cancels the futures of running
 * tasks, not only their threads.
 *
 * <p>Origin: Python's {@code concurrent.futures.Executor}.
 */
public interface Executor extends ExecutorService {

  /**
   * Returns an executor whose tasks the given engine runs; for implementers of engines.
   *
   * @param engine must not be used by anything else; the executor shuts it down
   */
  static Executor on(Engine engine, PoolOptions options) {
    return EngineExecutor.on(engine, options);
  }

  /** The executor's name, which is part of the names of its threads and tasks. */
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
   * inputs are fine and memory stays flat. Inputs are pulled on the calling thread. A failure, of an input
   * or of the source, is thrown at its position, after the results before it; that ends the iteration. Closing the result
   * cancels the tasks that have not begun.
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
   * {@link #map(TaskFunction, Iterable) map} whose results come in the order in which they complete; everything else is the
   * same.
   */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return mapUnordered(MapOptions.defaults(), fn, inputs);
  }

  /**
   * {@link #mapUnordered(TaskFunction, Iterable) mapUnordered} with a bound on the inputs ahead, a chunk size or a time-out.
   */
  <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs);

  /**
   * {@link #map(TaskFunction, Iterable) map} that goes on after failures: it yields an outcome for each input, in order.
   *
   * <pre>{@code
   * for (MapOutcome<Path, Long> each : pool.mapOutcomes(Files::size, files)) {
   *   if (!each.succeeded()) log(each.input(), each.failure());
   * }
   * }</pre>
   *
   * <p>Each input is a task of its own, unless {@link MapOptions#chunkSize} says otherwise, so that a worker that crashes
   * costs one input. There is an outcome for each input that was taken from the source, also if the executor is shut down or
   * the time of the whole map runs out: those that had not ended have a {@link java.util.concurrent.CancellationException}
   * or a {@link WaitTimeoutException} as their failure then, and after them the map throws what ended it. A failure of the
   * source is thrown after all outcomes.
   *
   * <p>Origin: {@code gather(…, return_exceptions=True)}, for executors.
   *
   * @throws RejectedExecutionException if the executor is closed or broken
   */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return mapOutcomes(MapOptions.defaults(), fn, inputs);
  }

  /** {@link #mapOutcomes(TaskFunction, Iterable) mapOutcomes} with options, such as retries for each input. */
  <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs);

  /**
   * {@link #mapOutcomes(TaskFunction, Iterable) mapOutcomes} whose outcomes come in the order in which the tasks complete.
   */
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return mapOutcomesUnordered(MapOptions.defaults(), fn, inputs);
  }

  /** {@link #mapOutcomesUnordered(TaskFunction, Iterable) mapOutcomesUnordered} with options. */
  <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs);

  /**
   * Returns counts of the executor's tasks and workers. Cheap; the figures are read one after the other, so they add up
   * exactly only when the executor is idle.
   */
  ExecutorStats stats();

  /**
   * Accepts no more tasks.
   *
   * <p>Origin: {@code Executor.shutdown} of Python.
   *
   * @param wait whether to wait until all tasks and all workers have ended
   * @param cancelFutures whether to cancel the tasks that have not begun; running ones continue
   * @throws DeadlockException if {@code wait} is asked for by a task of this executor
   * @throws WaitInterruptedException if the calling thread is interrupted while it waits; the tasks continue
   */
  void shutdown(boolean wait, boolean cancelFutures);

  /**
   * Accepts no more tasks and waits until all tasks and all workers have ended.
   *
   * <p>The wait has no bound. An interrupt ends it: running tasks are then cancelled as by {@link #shutdownNow}, and the
   * interrupt status is set again. To wait for a bounded time use {@code shutdown()} and {@link #awaitTermination}.
   *
   * @throws DeadlockException if called by a task of this executor
   * @throws IllegalStateException if tasks are left and the calling thread must not block, as that of an event loop; the
   *     executor accepts no more tasks all the same, and ends when they have
   */
  @Override
  void close();
}
