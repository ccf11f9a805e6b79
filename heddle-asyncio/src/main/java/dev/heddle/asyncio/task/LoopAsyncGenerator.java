package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.iter.GeneratorException;
import dev.heddle.iter.StopIteration;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an async generator, which the program holds. All state is in its {@link GeneratorStep}, which does not keep
 * the handle: so a generator that is left early is closed when its handle is unreachable.
 */
public sealed class LoopAsyncGenerator<T extends @Nullable Object> implements AsyncGenerator<T>
    permits LoopReceivingGenerator {
  static final String NO_BODY = "body must not be null: pass a lambda that takes the yielder, such as y -> y.yield(1)";

  static final String NO_HOST = "host must not be null: pass MethodHandles.lookup()";

  private final GeneratorStep step;

  LoopAsyncGenerator(Serializable body) {
    this.step = new GeneratorStep(this, body);
  }

  /** See {@link AsyncGenerator#of(AsyncGeneratorBody)}. */
  public static <T extends @Nullable Object> LoopAsyncGenerator<T> of(AsyncGeneratorBody<T> body) {
    return new LoopAsyncGenerator<>(Objects.requireNonNull(body, NO_BODY));
  }

  /** See {@link AsyncGenerator#of(MethodHandles.Lookup, AsyncGeneratorBody)}. */
  public static <T extends @Nullable Object> LoopAsyncGenerator<T> of(
      MethodHandles.Lookup host, AsyncGeneratorBody<T> body) {
    LoopAsyncGenerator<T> made = of(body);
    BodyKinds.GENERATOR.engineOf(body, Objects.requireNonNull(host, NO_HOST));
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
  public Async<T> raise(Throwable exception) {
    return goOn(null, Check.notNull(exception, "exception"));
  }

  /** Returns a coroutine that goes on with the body, and returns what it yields next. */
  final Async<T> goOn(@Nullable Object sent, @Nullable Throwable raised) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          step.prepare(sent, raised);
          boolean yielded;
          try {
            yielded = a.await(step);
          } catch (NoSuchElementException e) {
            throw new GeneratorException.EscapedStopIteration(
                "the body of an async generator threw " + e
                    + ", which its consumer would take for the end; let the body return,"
                    + " or catch it there",
                e);
          }
          if (!yielded) {
            throw new StopIteration("the body of the async generator has ended", null);
          }
          return next();
        });
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
