package dev.heddle.asyncio;

import dev.heddle.iter.BodyKind;
import dev.heddle.iter.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine on the stack of a task: the frames of a task are a linked list from the innermost, which runs, to the outermost.
 *
 * @param <T> the type of what awaiting it gives
 */
abstract sealed class Frame<T extends @Nullable Object> implements Awaitable<T> permits Async, AsyncGenerator.Step {
  /** Who awaits it; null for the outermost frame of a task. */
  @Nullable
  Frame<?> caller;

  /** The suspended body; null before it is entered, and once it has ended. */
  @Nullable
  Coroutine<?, ?, ?> coroutine;

  /**
   * Takes it for one await or task, and makes its body ready to run.
   *
   * @throws LoopStateException if it was taken before
   */
  abstract void claim(EventLoop loop);

  /** What to throw in the body at the start of this await; null for nothing. */
  @Nullable
  Throwable raisedAtEntry() {
    return null;
  }

  /** The value of the await when the body has returned. */
  abstract @Nullable Object returned(@Nullable Object result);

  /** The value of the await when the body has handed out an element. */
  @Nullable
  Object emitted(@Nullable Object element) {
    throw new IllegalStateException("a body that is no generator has handed out " + element);
  }

  /** What to throw at the await when the body has thrown something; null if that is no failure. */
  @Nullable
  Throwable thrown(Throwable failure) {
    return failure;
  }

  final @Nullable Object resume(@Nullable Object sent, @Nullable Throwable raised) {
    Coroutine<?, ?, ?> running = coroutine;
    if (running == null) {
      throw new IllegalStateException(this + " is not running");
    }
    return BodyKind.resume(running, sent, raised);
  }

  /** Takes the frame off the stack; returns the one below. */
  final @Nullable Frame<?> leave() {
    Frame<?> below = caller;
    caller = null;
    return below;
  }
}
