package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.StageFuture;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task that may not have finished yet.
 *
 * <p>A future goes from {@link Status#PENDING} to {@link Status#RUNNING} to {@link Status#FINISHED} (with a result or an
 * exception), or to {@link Status#CANCELLED}; a task that is retried goes back to pending. Only the executor that made it
 * can complete it; there is no method to set a result.
 *
 * <p><b>Thread-safe.</b> The waiting methods ({@link #result()}, {@link #exception()}, {@link #get()} and their forms with a
 * time-out) block; the others do not. Interrupting a waiting thread ends its wait, not the task. A wait without a time-out,
 * made by a task, that could never end throws {@link DeadlockException}. While a task of a pool waits, the pool may run
 * another one. What the task did happens-before any return from a wait and before the callbacks.
 *
 * <p>Origin: Python's {@code concurrent.futures.Future}. It is a {@link java.util.concurrent.Future} too; {@link #get()} and
 * {@code cancel(true)} keep that contract.
 *
 * @param <T> the type of the result
 */
public sealed interface Future<T extends @Nullable Object> extends java.util.concurrent.Future<T> permits CoreFuture {

  /** The state of a future. Origin: the state shown by Python's futures. */
  enum Status {
    /** Not begun, or waiting for another attempt. */
    PENDING,
    /** A worker runs it. */
    RUNNING,
    /** Cancelled before it had a result. */
    CANCELLED,
    /** The task has a result or an exception. */
    FINISHED
  }

  /**
   * Waits for the task and returns its result.
   *
   * @throws TaskFailedException if the task failed; its cause is the exception that the task threw
   * @throws CancellationException if the task was cancelled
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  T result();

  /**
   * Waits for the task for at most the given time, and returns its result.
   *
   * @param timeout the longest wait; zero checks without waiting
   * @throws WaitTimeoutException if the task has not finished in time; it continues
   * @throws TaskFailedException if the task failed; its cause is the exception that the task threw
   * @throws CancellationException if the task was cancelled
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  T result(Duration timeout);

  /**
   * Waits for the task and returns the exception that it threw, or null if it has a result.
   *
   * @throws CancellationException if the task was cancelled
   * @throws DeadlockException if a task calls this and the wait could never end
   * @throws WaitInterruptedException if the calling thread is interrupted
   */
  @Nullable
  Throwable exception();

  /**
   * Waits for the task for at most the given time, and returns the exception that it threw, or null if it has a result.
   *
   * @param timeout the longest wait; zero checks without waiting
   * @throws WaitTimeoutException if the task has not finished in time; it continues
   * @throws CancellationException if the task was cancelled
   * @throws WaitInterruptedException if the calling thread is interrupted
   * @throws IllegalArgumentException if the time-out is negative
   */
  @Nullable
  Throwable exception(Duration timeout);

  /** The current state. */
  Status status();

  /**
   * The state in the terms of {@code java.util.concurrent}. Asking for it does not count as reading a failure, which is
   * logged if nothing else reads it.
   */
  @Override
  default State state() {
    return switch (status()) {
      case PENDING, RUNNING -> State.RUNNING;
      case CANCELLED -> State.CANCELLED;
      case FINISHED -> ((CoreFuture<?>) this).failure() == null ? State.SUCCESS : State.FAILED;
    };
  }

  /** The task's name: the given one, or its executor's with a number. */
  String name();

  /** Returns whether a worker runs the task now. */
  default boolean isRunning() {
    return status() == Status.RUNNING;
  }

  /**
   * Cancels the task if it has not begun.
   *
   * <p>Origin: {@code Future.cancel} of Python.
   *
   * @return whether it is cancelled now; false if it is running or has finished
   */
  default boolean cancel() {
    return cancel(false);
  }

  /**
   * Cancels the task.
   *
   * @param mayInterruptIfRunning whether a running task is cancelled too: its future is cancelled at once and its thread is
   *     interrupted (in a process pool the worker is killed); a body that ignores interrupts runs on in the background, and
   *     the executor's {@code close} waits for it. With false a running task is left alone.
   * @return whether it is cancelled now; false if it has finished, or is running and may not be interrupted
   */
  @Override
  boolean cancel(boolean mayInterruptIfRunning);

  /**
   * Calls back when the task has finished or was cancelled; at once, on this thread, if it has already.
   *
   * <p>Callbacks run in the order in which they were added, on the thread that completed the task. They must not block: that
   * thread may be the one timer that ends what has timed out, for all executors. One that throws is logged ({@code
   * System.Logger} named {@code dev.heddle.futures}) and harms no other.
   *
   * <p>Origin: {@code Future.add_done_callback} of Python.
   *
   * @param callback is given this future, done
   */
  void addDoneCallback(Consumer<? super Future<T>> callback);

  /**
   * Returns a {@link CompletableFuture} that completes as this one does: with its result, with its exception, or cancelled.
   *
   * <p>It is a copy: completing or cancelling it does not affect the task.
   */
  CompletableFuture<T> toCompletableFuture();

  /**
   * A future that completes as the given stage does. Cancelling it cancels the stage, also with {@code cancel(false)}, since
   * it is not known whether a stage is running. A stage that cannot be converted to a {@link CompletableFuture}, or whose
   * conversion is a copy ({@link CompletableFuture#minimalCompletionStage}), continues; only this future is cancelled then.
   *
   * @param stage a {@link CompletableFuture} or another stage
   */
  static <T extends @Nullable Object> Future<T> from(CompletionStage<T> stage) {
    return StageFuture.of(Check.notNull(stage, "stage"));
  }
}
