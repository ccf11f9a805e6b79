package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.scope.RunningScope;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An executor for one block of code: the tasks that are submitted to it, its children, have ended when the block ends.
 *
 * <pre>{@code
 * Report report = TaskScope.call(pool, scope -> {
 *   Future<Weather> weather = scope.submit(() -> weatherOf(city));
 *   Future<Traffic> traffic = scope.submit(() -> trafficOf(city));
 *   return new Report(weather.result(), traffic.result());
 * });
 * }</pre>
 *
 * <p>The block ends when its body has returned and all children have ended. {@link ScopeOptions} say which event ends the
 * others before: the first failure (the default), the first success, or none. If the body throws or the calling thread is
 * interrupted, or the time of the block is over, all children are cancelled with {@code cancel(true)}: threads are
 * interrupted, workers in other processes are ended. When a child fails or the time is over, the body is interrupted as
 * well. A child on a thread that ignores its interrupt delays the end of the block; on a {@code ProcessPool} nothing does.
 *
 * <p>The children run on the executor that is given, which may be another scope: so scopes nest, and an outer one cancels
 * what the inner ones run. A scope can be handed to anything that takes an executor. Children may submit children. Failures
 * in maps, {@code invokeAll} and {@code invokeAny} are those of their caller and do not end the block, and neither do their
 * successes. A child that {@link Hedge} submits is a child as any other: the first call's failure ends the block. After its
 * block has ended a scope rejects tasks.
 *
 * <p><b>Thread-safe.</b> {@link #call} and {@link #run} wait; a task that waits in them lends its place. What a child did
 * happens-before the block's end.
 *
 * <p>Origin: the task groups of asyncio and the nurseries of Trio; {@code java.util.concurrent.StructuredTaskScope}, a
 * preview in JDK 25.
 */
public sealed interface TaskScope extends Executor permits RunningScope {

  /**
   * The code of a block that returns a result.
   *
   * @param <T> the type of the result
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Body<T extends @Nullable Object, E extends Exception> {
    /** Runs the block once. */
    T call(TaskScope scope) throws E;
  }

  /**
   * The code of a block without a result.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Action<E extends Exception> {
    /** Runs the block once. */
    void run(TaskScope scope) throws E;
  }

  /** Runs a block that ends, with its children, at the first failure; see {@link #call(Executor, ScopeOptions, Body)}. */
  static <T extends @Nullable Object, E extends Exception> T call(Executor executor, Body<T, E> body) throws E {
    return call(executor, ScopeOptions.untilFailure(), body);
  }

  /**
   * Runs a block, here and now, and returns what its body returns.
   *
   * @param executor runs the children; the scope does not close it
   * @throws TaskFailedException if a child has failed and the options say that this ends the block; its cause is what the
   *     child threw
   * @throws WaitTimeoutException if the time of the block was over before it ended
   * @throws CancellationException if the scope was cancelled by {@link #shutdownNow}, and the body threw that
   * @throws WaitInterruptedException if the calling thread is interrupted while it waits for the children
   * @throws RejectedExecutionException if the executor is closed and the body submits to it
   * @throws E what the body throws, unless it is the consequence of one of these
   */
  static <T extends @Nullable Object, E extends Exception> T call(
      Executor executor, ScopeOptions options, Body<T, E> body) throws E {
    Check.<Body<T, E>>notNull(body, "body");
    return new RunningScope(Check.notNull(executor, "executor"), Check.notNull(options, "options")).run(body);
  }

  /** Runs a block without a result that ends, with its children, at the first failure. */
  static <E extends Exception> void run(Executor executor, Action<E> body) throws E {
    run(executor, ScopeOptions.untilFailure(), body);
  }

  /** Runs a block without a result; see {@link #call(Executor, ScopeOptions, Body)}. */
  static <E extends Exception> void run(Executor executor, ScopeOptions options, Action<E> body) throws E {
    Check.<Action<E>>notNull(body, "body");
    TaskScope.<@Nullable Void, E>call(executor, options, scope -> {
      body.run(scope);
      return null;
    });
  }
}
