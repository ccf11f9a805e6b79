package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.Awaitable;
import java.lang.invoke.MethodHandles;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An async generator made of a body; its frame is the {@link GeneratorStep}. */
public final class LoopAsyncGenerator<T extends @Nullable Object> implements AsyncGenerator<T> {
  final AsyncGeneratorBody<T> body;
  private final GeneratorStep step = new GeneratorStep(this);
  private boolean ended;
  private boolean fetched;
  private @Nullable Object element;

  private LoopAsyncGenerator(AsyncGeneratorBody<T> body) {
    this.body = body;
  }

  /** See {@link AsyncGenerator#of(AsyncGeneratorBody)}. */
  public static <T extends @Nullable Object> LoopAsyncGenerator<T> of(AsyncGeneratorBody<T> body) {
    return new LoopAsyncGenerator<>(
        Objects.requireNonNull(body,
            "body must not be null: pass a lambda that takes the yielder, such as y -> y.yield(1)"));
  }

  /** See {@link AsyncGenerator#of(MethodHandles.Lookup, AsyncGeneratorBody)}. */
  public static <T extends @Nullable Object> LoopAsyncGenerator<T> of(
      MethodHandles.Lookup host, AsyncGeneratorBody<T> body) {
    LoopAsyncGenerator<T> made = of(body);
    BodyKinds.GENERATOR.engineOf(body, Objects.requireNonNull(host, "host must not be null: pass MethodHandles.lookup()"));
    return made;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isFetched() {
    return fetched;
  }

  void fetched(@Nullable Object next) {
    element = next;
    fetched = true;
  }

  void ended() {
    ended = true;
  }

  @Override
  public Awaitable<Boolean> hasNext() {
    return fetched || ended ? new CompletedOperation<>(fetched) : step;
  }

  @Override
  public T next() {
    if (!fetched) {
      throw new NoSuchElementException(
          ended
              ? "the async generator has ended; loop while (a.await(generator.hasNext()))"
              : "no element was waited for; call a.await(generator.hasNext()) before each next()");
    }
    Object next = element;
    element = null;
    fetched = false;
    return Unchecked.cast(next);
  }

  @Override
  public Async<@Nullable Void> close() {
    return Async.action(
        OwnLookup.HERE,
        a -> {
          step.checkFree();
          fetched = false;
          element = null;
          if (ended || !step.isStarted()) {
            ended = true;
          } else {
            step.exit();
            a.await(step);
          }
        });
  }

  @Override
  public String toString() {
    return "<AsyncGenerator " + (ended ? "ended" : step.isStarted() ? "started" : "not started") + ">";
  }
}
