package dev.heddle.asyncio.task;

import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.ReceivingBody;
import dev.heddle.asyncio.diagnostics.DiscardedAwaitables;
import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.StopIteration;
import dev.heddle.iter.Suspender;
import java.io.Serializable;
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

  /** An AsyncGeneratorBody or a ReceivingBody. */
  private final Serializable body;

  private boolean ended;
  private boolean fetched;
  private @Nullable Object element;
  private @Nullable GeneratorExit exit;

  /** What the next await gives to the body, or throws in it. */
  private @Nullable Object sent;

  private @Nullable Throwable raised;

  /** The host of the task that awaits it; null between two awaits. */
  private @Nullable TaskHost busy;

  /** The registry's note; null before it has begun and after its end. */
  private @Nullable GeneratorNote note;

  GeneratorStep(LoopAsyncGenerator<?> handle, Serializable body) {
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

  /**
   * Says what the await that follows gives to the body, or throws in it.
   *
   * @throws LoopStateException if the body cannot take it now
   */
  void prepare(@Nullable Object value, @Nullable Throwable exception) throws Exception {
    if (busy != null) {
      throw new LoopStateException(BUSY);
    }
    if (fetched) {
      throw new LoopStateException("an element that hasNext() has waited for was not taken; call next() first");
    }
    if (exception != null && (ended || !isStarted())) {
      ended = true; // a body that has not begun does not run
      throw Unchecked.rethrow(exception);
    }
    if (ended) {
      throw new StopIteration("the async generator has ended", null);
    }
    if (value != null && !isStarted()) {
      throw new LoopStateException(
          "the body of the async generator has not reached a yield that could receive " + value
              + "; await send(null) first");
    }
    sent = value;
    raised = exception;
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
          body instanceof AsyncGeneratorBody<?> plain
              ? BodyKinds.GENERATOR.start(plain, null, suspender -> new SuspendingYielder<>(adopted(host, suspender)))
              : BodyKinds.RECEIVING.start(
                  (ReceivingBody<?, ?>) body, null, suspender -> new SuspendingReceiver<>(adopted(host, suspender))));
      note = host.registry().begun(handle.get(), this);
    }
  }

  private static Suspender adopted(TaskHost host, Suspender suspender) {
    host.adopt();
    return suspender;
  }

  @Override
  @Nullable
  Object sentAtEntry() {
    Object value = sent;
    sent = null;
    return value;
  }

  @Override
  @Nullable
  Throwable raisedAtEntry() {
    Throwable thrown = exit == null ? raised : exit;
    raised = null;
    return thrown;
  }

  /** As an operation: a generator that never waits would keep its consumer from being cancelled. It can still be closed. */
  @Override
  boolean isInterruptible() {
    return exit == null;
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
