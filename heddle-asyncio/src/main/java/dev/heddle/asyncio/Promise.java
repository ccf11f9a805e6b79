package dev.heddle.asyncio;

import dev.heddle.asyncio.sync.LoopPromise;
import org.jspecify.annotations.Nullable;

/**
 * A result that is set by hand, once, and that any number of tasks can await.
 *
 * <pre>{@code
 * Promise<String> answer = Promise.create();
 * client.onMessage(text -> answer.complete(text));   // a callback on the loop's thread
 * String text = a.await(answer);
 * }</pre>
 *
 * <p>Cancelling a task that awaits it ends that wait only: the promise stays open for others. In virtual time a promise that
 * nothing can complete is a deadlock, which is reported; a {@link java.util.concurrent.CompletableFuture}, which any thread
 * may complete, is waited for in real time first. A failure that no task awaits is not reported.
 *
 * <p>Confined to the loop's thread; it does not block. For a result that comes from another thread use a {@code
 * CompletableFuture}, or {@link EventLoop#callSoon} around {@link #complete}. Origin: {@code asyncio.Future}.
 *
 * @param <T> the type of the result
 */
public sealed interface Promise<T extends @Nullable Object> extends Awaitable<T> permits LoopPromise {

  /** Returns a promise that is open. */
  static <T extends @Nullable Object> Promise<T> create() {
    return new LoopPromise<>();
  }

  /**
   * Sets the result, and wakes the tasks that wait for it in the order in which they began to.
   *
   * @return false if it was done already, and is unchanged
   */
  boolean complete(T result);

  /** Sets a failure, which is thrown at each await; see {@link #complete}. */
  boolean completeExceptionally(Throwable failure);

  /** Cancels it: each await throws {@link java.util.concurrent.CancellationException}; see {@link #complete}. */
  boolean cancel();

  /** Whether it has a result, has failed, or was cancelled. */
  boolean isDone();

  /**
   * Returns the result. A failure is thrown unchanged.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws LoopStateException if it is open; await it instead
   */
  T result();
}
