package dev.heddle.asyncio;

import dev.heddle.iter.Engine;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that was not started yet: code that can wait, with its arguments, and nothing more.
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
 * <p>It runs when it is awaited, within the task that awaits it, or as a task of its own with {@link Asyncio#createTask}, {@link
 * TaskGroup#createTask} or {@link Asyncio#gather}. Each of these takes it once.
 *
 * <p>Making one is cheap and possible on any thread; it may be handed to a loop's thread by safe publication.
 *
 * <p>Origin: coroutine objects of Python's {@code async def} functions.
 *
 * @param <T> the type of the result
 */
public final class Async<T extends @Nullable Object> extends Frame<T> {
  static final String NO_BODY = "body must not be null: pass a lambda that takes the awaiter, such as a -> a.await(…)";

  /** An AsyncBody or an AsyncAction; null once it was taken. */
  private @Nullable Serializable body;

  private Async(Serializable body) {
    this.body = body;
    if (Debug.isOn()) {
      Debug.made(this);
    }
  }

  /** A coroutine with a result. */
  public static <T extends @Nullable Object> Async<T> of(AsyncBody<T> body) {
    return new Async<>(Objects.requireNonNull(body, NO_BODY));
  }

  /**
   * A coroutine with a result, whose body stands in a module that does not open its package to {@code dev.heddle.iter}.
   *
   * @param host the body's {@link MethodHandles#lookup()}, with which its code is compiled
   */
  public static <T extends @Nullable Object> Async<T> of(MethodHandles.Lookup host, AsyncBody<T> body) {
    return new Async<>(hosted(host, Objects.requireNonNull(body, NO_BODY)));
  }

  /** A coroutine without a result. */
  public static Async<@Nullable Void> action(AsyncAction body) {
    return new Async<>(Objects.requireNonNull(body, NO_BODY));
  }

  /** A coroutine without a result, whose body stands in a module that does not open its package; see {@link #of}. */
  public static Async<@Nullable Void> action(MethodHandles.Lookup host, AsyncAction body) {
    return new Async<>(hosted(host, Objects.requireNonNull(body, NO_BODY)));
  }

  /** Compiles the body now with the rights of the host: then no lookup need be kept. */
  private static Serializable hosted(MethodHandles.Lookup host, Serializable body) {
    Objects.requireNonNull(host, "host must not be null: pass MethodHandles.lookup(), or leave it out");
    if (body instanceof AsyncBody<?> ofResult) {
      Kinds.BODY.engineOf(ofResult, host);
    } else {
      Kinds.ACTION.engineOf((AsyncAction) body, host);
    }
    return body;
  }

  /**
   * The engine that runs a body, and why: a state machine, or, for code that cannot be suspended by returning, a virtual thread
   * that takes turns with the loop's. The body is compiled if it was not yet.
   */
  public static Engine engineOf(AsyncBody<?> body) {
    return Kinds.BODY.engineOf(Objects.requireNonNull(body, NO_BODY), null);
  }

  /** Whether it was awaited, or made a task, or closed. */
  public boolean isTaken() {
    return body == null;
  }

  /** Makes it one that will never run; nothing, if it was taken. */
  public void close() {
    if (body != null) {
      taken();
    }
  }

  private void taken() {
    body = null;
    if (Debug.isOn()) {
      Debug.taken(this);
    }
  }

  @Override
  void claim(EventLoop loop) {
    Serializable taken = body;
    if (taken == null) {
      throw new LoopStateException(
          "this coroutine was already awaited, made a task, or closed, and a coroutine runs once; call the method that makes"
              + " it again, or make it a task with Asyncio.createTask, which can be awaited several times");
    }
    coroutine = taken instanceof AsyncBody<?> ofResult
        ? Kinds.BODY.start(ofResult, null, loop.awaiters)
        : Kinds.ACTION.start((AsyncAction) taken, null, loop.awaiters);
    taken();
  }

  @Override
  @Nullable
  Object returned(@Nullable Object result) {
    return result;
  }

  @Override
  public String toString() {
    return "<Async " + (body == null ? coroutine == null ? "closed" : "started" : "not started") + Debug.origin(this) + ">";
  }
}
