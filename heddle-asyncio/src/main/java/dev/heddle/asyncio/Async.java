package dev.heddle.asyncio;

import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.iter.GeneratorEngine;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that was not started yet: code that can wait, together with its arguments.
 *
 * <pre>{@code
 * static Async<String> fetch(String url) {
 *   return Async.of(a -> {
 *     a.await(Asyncio.sleep(Duration.ofMillis(10)));
 *     return "page of " + url;
 *   });
 * }
 * }</pre>
 *
 * <p>It runs when it is awaited, within the task that awaits it, or as a task of its own with {@link Asyncio#createTask},
 * {@link TaskGroup#createTask} or {@link Asyncio#gather}. It can be used once.
 *
 * <p>Making one is cheap and possible on any thread; it may be handed to a loop's thread by safe publication.
 *
 * <p>Origin: coroutine objects of Python's {@code async def} functions.
 *
 * @param <T> the type of the result
 */
public sealed interface Async<T extends @Nullable Object> extends Awaitable<T> permits AsyncCoroutine {

  /** Returns a coroutine with a result. */
  static <T extends @Nullable Object> Async<T> of(AsyncBody<T> body) {
    return AsyncCoroutine.of(body);
  }

  /**
   * Returns a coroutine without a result.
   *
   * <p>The compiler chooses this method for a body that cannot have a result, since it prefers methods without variable
   * arguments.
   *
   * @param then further bodies, each run when the one before it has ended
   */
  static Async<@Nullable Void> of(AsyncAction body, AsyncAction... then) {
    return AsyncCoroutine.inTurn(body, then);
  }

  /**
   * Returns a coroutine with a result, whose body is in a module that does not open its package to {@code dev.heddle.iter}.
   *
   * @param host the {@link MethodHandles#lookup()} of the body's class, with which its code is compiled
   */
  static <T extends @Nullable Object> Async<T> of(MethodHandles.Lookup host, AsyncBody<T> body) {
    return AsyncCoroutine.of(host, body);
  }

  /** Returns a coroutine without a result. */
  static Async<@Nullable Void> action(AsyncAction body) {
    return AsyncCoroutine.action(body);
  }

  /** Returns a coroutine without a result, whose body is in a module that does not open its package; see {@link #of}. */
  static Async<@Nullable Void> action(MethodHandles.Lookup host, AsyncAction body) {
    return AsyncCoroutine.action(host, body);
  }

  /**
   * Returns the engine that runs a body, and the reason: a state machine or, for code that cannot be suspended by returning,
   * a virtual thread that takes turns with the loop's. The body is compiled if it was not yet.
   */
  static GeneratorEngine engineOf(AsyncBody<?> body) {
    return AsyncCoroutine.engineOf(body);
  }

  /** Whether it was awaited, made a task, or closed. */
  boolean isTaken();

  /** Closes it, so that it never runs; does nothing if it was taken. */
  void close();
}
