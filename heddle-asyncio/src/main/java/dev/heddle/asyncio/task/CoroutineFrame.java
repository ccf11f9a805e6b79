package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.iter.BodyKind;
import dev.heddle.iter.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine on the stack of a task. The frames of a task are a linked list from the innermost, which runs, to the
 * outermost.
 *
 * @param <T> the type of what awaiting it gives
 */
public abstract sealed class CoroutineFrame<T extends @Nullable Object> implements Awaitable<T>
    permits AsyncCoroutine, GeneratorStep {
  /** The frame that awaits it; null for the outermost frame of a task. */
  private @Nullable CoroutineFrame<?> caller;

  /** The suspended body; null before it is entered, and for a generator once it has ended. */
  private @Nullable Coroutine<?, ?, ?> coroutine;

  CoroutineFrame() {}

  /**
   * Takes it for one await or task, and makes its body ready to run.
   *
   * @throws LoopStateException if it was taken before
   */
  abstract void claim(TaskHost host);

  /** Returns what to give to the body at the start of this await. */
  @Nullable
  Object sentAtEntry() {
    return null;
  }

  /** Returns what to throw in the body at the start of this await; null for nothing. */
  @Nullable
  Throwable raisedAtEntry() {
    return null;
  }

  /** Returns the value of the await when the body has returned. */
  abstract @Nullable Object returned(@Nullable Object result);

  /** Returns the value of the await when the body has yielded an element. */
  @Nullable
  Object emitted(@Nullable Object element) {
    throw new IllegalStateException("a body that is not a generator's has yielded " + element);
  }

  /** Returns what to throw at the await when the body has thrown an exception; null if that is no failure. */
  @Nullable
  Throwable thrown(Throwable failure) {
    return failure;
  }

  /** Returns whether a cancellation that is pending is thrown at this await in place of entering the body. */
  boolean isInterruptible() {
    return false;
  }

  final void start(Coroutine<?, ?, ?> body) {
    coroutine = body;
  }

  final void forgetBody() {
    coroutine = null;
  }

  final boolean isStarted() {
    return coroutine != null;
  }

  final @Nullable Object resume(@Nullable Object sent, @Nullable Throwable raised) {
    Coroutine<?, ?, ?> running = coroutine;
    if (running == null) {
      throw new IllegalStateException(this + " is not running");
    }
    return BodyKind.resume(running, sent, raised);
  }

  final @Nullable Object result() {
    Coroutine<?, ?, ?> ended = coroutine;
    return ended == null ? null : ended.result();
  }

  /** The suspended body; null before it is entered, and for a generator once it has ended. */
  final @Nullable Coroutine<?, ?, ?> body() {
    return coroutine;
  }

  /** The frame that awaits it; null for the outermost frame of a task. */
  final @Nullable CoroutineFrame<?> caller() {
    return caller;
  }

  /** Puts the frame on the stack, above the frame that awaits it. */
  final void enterFrom(CoroutineFrame<?> awaiting) {
    caller = awaiting;
  }

  /** Takes the frame off the stack; returns the one below. */
  final @Nullable CoroutineFrame<?> leave() {
    CoroutineFrame<?> below = caller;
    caller = null;
    return below;
  }
}
