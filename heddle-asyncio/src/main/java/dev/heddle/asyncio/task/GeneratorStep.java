package dev.heddle.asyncio.task;

import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.DiscardedAwaitables;
import dev.heddle.iter.GeneratorExit;
import java.lang.ref.WeakReference;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The state of an async generator, and the frame of its body on its way to the next element, or to its end when it is
 * closed.
 */
final class GeneratorStep extends CoroutineFrame<Boolean> {
  private static final String BUSY = "another task is waiting for this async generator; one task at a time may use it";

  private final WeakReference<LoopAsyncGenerator<?>> handle;
  private final AsyncGeneratorBody<?> body;
  private boolean ended;
  private boolean fetched;
  private @Nullable Object element;
  private @Nullable GeneratorExit exit;

  /** The host of the task that awaits it; null between two awaits. */
  private @Nullable TaskHost busy;

  /** The registry's note; null before it has begun and after its end. */
  private @Nullable GeneratorNote note;

  GeneratorStep(LoopAsyncGenerator<?> handle, AsyncGeneratorBody<?> body) {
    this.handle = new WeakReference<>(handle);
    this.body = body;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isFetched() {
    return fetched;
  }

  /** Whether a task is waiting for the body. */
  boolean isBusy() {
    return busy != null;
  }

  /** Takes the element that was waited for. */
  @Nullable
  Object take() {
    if (!fetched) {
      throw new NoSuchElementException(
          ended
              ? "the async generator has ended; loop while (a.await(generator.hasNext()))"
              : "no element was waited for; call a.await(generator.hasNext()) before each next()");
    }
    Object next = element;
    element = null;
    fetched = false;
    return next;
  }

  /** Returns a coroutine that ends the body; see {@link AsyncGenerator#close}. */
  AsyncCoroutine<@Nullable Void> close() {
    return AsyncCoroutine.action(
        OwnLookup.HERE,
        a -> {
          if (busy != null) {
            throw new LoopStateException(BUSY);
          }
          fetched = false;
          element = null;
          if (ended || !isStarted()) {
            ended = true;
          } else {
            exit = new GeneratorExit();
            a.await(this);
          }
        });
  }

  @Override
  void claim(TaskHost host) {
    if (busy != null) {
      throw new LoopStateException(BUSY);
    }
    if (ended || fetched) {
      throw new LoopStateException(
          "an await(generator.hasNext()) has come too late: the generator has gone on since hasNext() was called");
    }
    busy = host;
    if (!isStarted()) {
      DiscardedAwaitables.check(body.getClass(), host.scheduler().problems());
      start(
          BodyKinds.GENERATOR.start(
              body,
              null,
              suspender -> {
                host.adopt();
                return new SuspendingYielder<>(suspender);
              }));
      note = host.registry().begun(handle.get(), this);
    }
  }

  @Override
  @Nullable
  Throwable raisedAtEntry() {
    return exit;
  }

  @Override
  Object emitted(@Nullable Object next) {
    if (exit != null) {
      throw new LoopStateException(
          "the body of an async generator yielded " + next + " while it was being closed; after a GeneratorExit a body"
              + " returns or throws, so do not yield in a finally block");
    }
    busy = null;
    element = next;
    fetched = true;
    return true;
  }

  @Override
  Object returned(@Nullable Object result) {
    end();
    return false;
  }

  @Override
  @Nullable
  Throwable thrown(Throwable failure) {
    boolean closed = failure == exit;
    end();
    return closed ? null : failure;
  }

  private void end() {
    ended = true;
    forgetBody();
    if (busy != null) {
      if (note != null) {
        busy.registry().ended(note);
        note = null;
      }
      busy = null;
    }
  }

  /** Describes the generator for a developer. */
  String describe() {
    return "<AsyncGenerator " + (ended ? "ended" : isStarted() ? "started" : "not started") + ">";
  }

  @Override
  public String toString() {
    return "waiting for " + describe();
  }
}
