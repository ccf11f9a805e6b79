package dev.heddle.asyncio;

import dev.heddle.asyncio.task.SuspendingAwaiter;
import dev.heddle.futures.Future;
import dev.heddle.iter.spi.Suspends;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The object with which a coroutine's body waits: the {@code await} keyword of other languages.
 *
 * <pre>{@code
 * Async<String> page = Async.of(a -> {
 *   a.await(Asyncio.sleep(Duration.ofMillis(10)));
 *   return a.await(fetch(url));
 * });
 * }</pre>
 *
 * <p>While it waits, the loop runs other tasks; between two awaits nothing else runs on the loop, so that plain variables
 * and collections need no locks. Only the body itself may use its awaiter: a lambda inside the body is other code. A nested
 * body, such as that of a {@link TaskGroup}, gets an awaiter of its own. A body that passes its awaiter to other code still
 * works, but runs on the slower engine (see {@link Async#engineOf}).
 *
 * <p>Every await may throw {@link Cancelled}: that is how a task is cancelled.
 */
public sealed interface Awaiter permits SuspendingAwaiter, AsyncYielder, ReceivingYielder {

  /**
   * Waits for a coroutine, a task or an operation, and returns its result.
   *
   * <p>What it throws is thrown here unchanged, also a checked exception: {@code catch (IOException e)} works. Cancelling
   * the waiting task cancels what it waits for; a task that was cancelled by another one makes it throw {@link
   * java.util.concurrent.CancellationException}.
   *
   * @throws Exception what it has thrown
   * @throws Cancelled if the task that runs this body is cancelled
   * @throws LoopStateException if a coroutine or operation is awaited for the second time, or a task waits for itself
   */
  @Suspends(Suspends.Kind.YIELD)
  <T extends @Nullable Object> T await(Awaitable<T> what) throws Exception;

  /**
   * Waits for a stage such as a {@link java.util.concurrent.CompletableFuture}, and returns its result.
   *
   * <p>It may be completed by any thread. Cancelling the waiting task cancels it.
   *
   * @throws Exception what the stage failed with
   * @throws Cancelled if the task that runs this body is cancelled
   */
  @Suspends(Suspends.Kind.YIELD)
  <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Exception;

  /**
   * Waits for a Heddle future, such as an executor gives, and returns its result. What its task threw is thrown as it is.
   *
   * <p>Cancelling the waiting task cancels it with {@code cancel(true)}.
   *
   * @throws Exception what the stage failed with
   * @throws Cancelled if the task that runs this body is cancelled
   */
  @Suspends(Suspends.Kind.YIELD)
  <T extends @Nullable Object> T await(Future<T> future) throws Exception;
}
