package dev.heddle.asyncio;

import dev.heddle.asyncio.task.LoopTask;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs by itself on an event loop, together with its result.
 *
 * <p>The loop keeps every task until it has ended, so a task without references is not lost. A failure that is not observed
 * is reported to {@link LoopOptions#problems} at the end of the run.
 *
 * <p>{@link #isDone()}, {@link #cancel()} and {@link #toCompletableFuture()} are thread-safe; everything else is confined to
 * the loop's thread. No method blocks: a coroutine awaits a task.
 *
 * <p>Origin: {@code asyncio.Task}.
 *
 * @param <T> the type of the result
 */
public sealed interface Task<T extends @Nullable Object> extends Awaitable<T> permits LoopTask {

  /** Returns its name: the one it was given, or "task-" with a number. */
  String name();

  /** Whether it has ended. Any thread may ask; what the task did happens-before an answer of true. */
  boolean isDone();

  /** Whether it has ended because it was cancelled. */
  boolean isCancelled();

  /** Whether it has ended with an exception. */
  boolean isFailed();

  /**
   * Returns its result. What it threw is thrown here unchanged.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws LoopStateException if it has not ended; await it instead
   */
  T result();

  /**
   * Returns what it failed with; null if it has a result.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws LoopStateException if it has not ended; await it instead
   */
  @Nullable
  Throwable exception();

  /**
   * Returns how it has ended.
   *
   * @throws LoopStateException if it has not ended; await it instead
   */
  Outcome<T> outcome();

  /** Cancels it without a reason; see {@link #cancel(String)}. */
  boolean cancel();

  /**
   * Requests its cancellation: {@link Cancelled} is thrown at the await where it waits, or else at its next one.
   *
   * <p>A task that has not begun begins, and gets the signal at its first await, so that its clean-up runs. A result that is
   * already on its way to the task is delivered first. The task may delay its end, or ignore the signal. Any thread may call
   * this.
   *
   * <p>Each call is one request; {@link #cancelling()} counts them. Origin: {@code Task.cancel}.
   *
   * @param reason becomes part of the message of {@link Cancelled}
   * @return false if it has ended already
   */
  boolean cancel(String reason);

  /** Returns the number of cancellation requests that were not withdrawn. Origin: {@code Task.cancelling}. */
  int cancelling();

  /**
   * Withdraws one cancellation request; for a body that has caught {@link Cancelled} and goes on.
   *
   * <p>Origin: {@code Task.uncancel}.
   *
   * @return how many requests are left
   */
  int uncancel();

  /**
   * Calls back with this task after it has ended, soon and on the loop's thread. A callback that throws is reported to
   * {@link LoopOptions#problems}. So is a failure of the task that the callback does not ask for.
   *
   * <p>Origin: {@code Task.add_done_callback}.
   */
  void addDoneCallback(Consumer<? super Task<T>> callback);

  /**
   * Returns a future that ends as this task does, for threads outside the loop. It is a copy: completing or cancelling it
   * does not affect the task. Any thread may call this.
   */
  CompletableFuture<T> toCompletableFuture();
}
