package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.base.Cast;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an async generator, which the program holds. All state is in its {@link GeneratorStep}, which does not keep
 * the handle: so a generator that is left early is closed when its handle is unreachable.
 */
public final class LoopAsyncGenerator<T extends @Nullable Object> implements AsyncGenerator<T> {
  private final GeneratorStep step;

  private LoopAsyncGenerator(AsyncGeneratorBody<T> body) {
    this.step = new GeneratorStep(this, body);
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

  @Override
  public Awaitable<Boolean> hasNext() {
    return step.isFetched() || step.isEnded() ? new CompletedOperation<>(step.isFetched()) : step;
  }

  @Override
  public T next() {
    return Cast.to(step.take());
  }

  @Override
  public Async<@Nullable Void> close() {
    return step.close();
  }

  @Override
  public String toString() {
    return step.describe();
  }
}
