package dev.heddle.asyncio;

import dev.heddle.asyncio.task.LoopAsyncGenerator;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * An async iterator made of a body that both awaits and yields.
 *
 * <pre>{@code
 * AsyncGenerator<Integer> ticks = AsyncGenerator.of(y -> {
 *   for (int i = 0; i < 3; i++) {
 *     y.await(Asyncio.sleep(Duration.ofSeconds(1)));
 *     y.yield(i);
 *   }
 * });
 * while (a.await(ticks.hasNext())) {
 *   System.out.println(ticks.next());
 * }
 * }</pre>
 *
 * <p>The body runs only while a task awaits {@link #hasNext()}, within that task. A generator that is left early is
 * closed when it is unreachable, or at the end of the run (in virtual time always then); close it to run its clean-up at
 * once.
 *
 * <p>The context of {@link LoopOptions#withContext} is that of the task that awaits each {@code hasNext()}. On the fallback
 * engine, where the body has a thread of its own, the whole body has the context of the task that awaited the first.
 *
 * <p>The body of a {@link ReceivingGenerator} gets a value at each yield.
 *
 * <p>Confined to the loop's thread. Origin: asynchronous generators of Python (PEP 525).
 *
 * @param <T> the type of the elements
 */
public sealed interface AsyncGenerator<T extends @Nullable Object> extends AsyncIterator<T>
    permits LoopAsyncGenerator, ReceivingGenerator {

  /** Returns a generator that runs the given body; the body does not begin before the first {@code hasNext} is awaited. */
  static <T extends @Nullable Object> AsyncGenerator<T> of(AsyncGeneratorBody<T> body) {
    return LoopAsyncGenerator.of(body);
  }

  /** Returns a generator whose body is in a module that does not open its package; see {@link Async#of}. */
  static <T extends @Nullable Object> AsyncGenerator<T> of(MethodHandles.Lookup host, AsyncGeneratorBody<T> body) {
    return LoopAsyncGenerator.of(host, body);
  }

  /**
   * Goes on with the body, throws {@code exception} at the yield where it waits, and returns what it yields next.
   *
   * <p>If the body does not catch it, was not started, or has ended, the await throws it, and the generator has ended.
   * Awaiting it throws a {@link dev.heddle.iter.StopIteration} if the body catches it and ends, a {@link LoopStateException}
   * if an element that {@code hasNext} has waited for was not taken, or if another task waits for the generator. A {@code
   * NoSuchElementException} that leaves the body, which would pass for its end, becomes a {@link
   * dev.heddle.iter.GeneratorException.EscapedStopIteration}.
   *
   * <p>Origin: {@code athrow}, which returns None if the generator has ended.
   *
   * @return throws it when it is awaited, and not before
   */
  Async<T> raise(Throwable exception);

  /**
   * Ends the body: throws a {@link dev.heddle.iter.GeneratorExit} where it waits, so that its {@code finally} blocks run;
   * they may await.
   *
   * <p>What the body throws while it ends is thrown at the await. Origin: {@code aclose}.
   *
   * @return closes it when it is awaited, and not before; throws LoopStateException if the body yields instead of ending, or
   *     another task is waiting for it
   */
  @Override
  Async<@Nullable Void> close();
}
