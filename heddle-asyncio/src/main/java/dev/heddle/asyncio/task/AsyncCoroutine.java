package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncAction;
import dev.heddle.asyncio.AsyncBody;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.CoroutineSites;
import dev.heddle.asyncio.diagnostics.DiscardedAwaitables;
import dev.heddle.base.Check;
import dev.heddle.iter.GeneratorEngine;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A coroutine made of a body: before it is taken it holds the body, afterwards it is a frame on the stack of a task. */
public final class AsyncCoroutine<T extends @Nullable Object> extends CoroutineFrame<T> implements Async<T> {
  /** The message for a body that is null. */
  private static final String NO_BODY = "body must not be null: pass a lambda that takes the awaiter, such as a -> a.await(…)";

  /** An AsyncBody or an AsyncAction; null once it was taken. */
  private @Nullable Serializable body;

  private AsyncCoroutine(Serializable body) {
    this.body = body;
    if (CoroutineSites.isOn()) {
      CoroutineSites sites = sites();
      if (sites != null) {
        sites.made(this);
      }
    }
  }

  /** See {@link Async#of(AsyncBody)}. */
  public static <T extends @Nullable Object> AsyncCoroutine<T> of(AsyncBody<T> body) {
    return new AsyncCoroutine<>(Objects.requireNonNull(body, NO_BODY));
  }

  /** See {@link Async#of(MethodHandles.Lookup, AsyncBody)}. */
  public static <T extends @Nullable Object> AsyncCoroutine<T> of(MethodHandles.Lookup host, AsyncBody<T> body) {
    return new AsyncCoroutine<>(hosted(host, Objects.requireNonNull(body, NO_BODY)));
  }

  /** See {@link Async#action(AsyncAction)}. */
  public static AsyncCoroutine<@Nullable Void> action(AsyncAction body) {
    return new AsyncCoroutine<>(Objects.requireNonNull(body, NO_BODY));
  }

  /** See {@link Async#of(AsyncAction, AsyncAction...)}. */
  public static AsyncCoroutine<@Nullable Void> inTurn(AsyncAction body, AsyncAction... then) {
    if (Check.notNull(then, "then").length == 0) {
      return action(body);
    }
    Objects.requireNonNull(body, NO_BODY);
    List<AsyncAction> others = Check.copy(Arrays.asList(then), "then");
    return action(
        OwnLookup.HERE,
        a -> {
          a.await(action(body));
          for (AsyncAction each : others) {
            a.await(action(each));
          }
        });
  }

  /** See {@link Async#action(MethodHandles.Lookup, AsyncAction)}. */
  public static AsyncCoroutine<@Nullable Void> action(MethodHandles.Lookup host, AsyncAction body) {
    return new AsyncCoroutine<>(hosted(host, Objects.requireNonNull(body, NO_BODY)));
  }

  /** See {@link Async#engineOf}. */
  public static GeneratorEngine engineOf(AsyncBody<?> body) {
    return BodyKinds.BODY.engineOf(Objects.requireNonNull(body, NO_BODY), null);
  }

  /** Compiles the body now with the rights of the host, so that no lookup need be kept. */
  private static Serializable hosted(MethodHandles.Lookup host, Serializable body) {
    Objects.requireNonNull(host, "host must not be null: pass MethodHandles.lookup(), or leave it out");
    if (body instanceof AsyncBody<?> ofResult) {
      BodyKinds.BODY.engineOf(ofResult, host);
    } else {
      BodyKinds.ACTION.engineOf((AsyncAction) body, host);
    }
    return body;
  }

  private static @Nullable CoroutineSites sites() {
    TaskHost host = TaskHost.current();
    return host == null ? null : host.sites();
  }

  @Override
  public boolean isTaken() {
    return body == null;
  }

  @Override
  public void close() {
    if (body != null) {
      taken();
    }
  }

  private void taken() {
    body = null;
    if (CoroutineSites.isOn()) {
      CoroutineSites sites = sites();
      if (sites != null) {
        sites.taken(this);
      }
    }
  }

  /** Checks that it was not awaited, made a task, or closed. */
  public void checkUnused() {
    unused();
  }

  private Serializable unused() {
    Serializable unused = body;
    if (unused == null) {
      throw new LoopStateException(
          "this coroutine was already awaited, made a task, or closed, and a coroutine runs once; call the method that makes"
              + " it again, or make it a task with Asyncio.createTask, which can be awaited several times");
    }
    return unused;
  }

  @Override
  void claim(TaskHost host) {
    Serializable taken = unused();
    DiscardedAwaitables.check(taken.getClass(), host.scheduler().problems());
    start(
        taken instanceof AsyncBody<?> ofResult
            ? BodyKinds.BODY.start(ofResult, null, host.awaiters())
            : BodyKinds.ACTION.start((AsyncAction) taken, null, host.awaiters()));
    taken();
  }

  @Override
  @Nullable
  Object returned(@Nullable Object result) {
    return result;
  }

  @Override
  public String toString() {
    CoroutineSites sites = sites();
    return "<Async " + (body == null ? isStarted() ? "started" : "closed" : "not started")
        + (sites == null ? "" : sites.origin(this)) + ">";
  }
}
