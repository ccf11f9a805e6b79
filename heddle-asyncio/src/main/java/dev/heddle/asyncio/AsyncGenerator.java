package dev.heddle.asyncio;

import dev.heddle.iter.GeneratorExit;
import java.lang.invoke.MethodHandles;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An async iterator made of a body that both awaits and yields.
 *
 * <pre>{@code
 * AsyncGenerator<Integer> ticks = AsyncGenerator.of(y -> {
 *   for (int i = 0; i < 3; i++) {
 *     y.await(Asyncio.sleep(Duration.ofSeconds(1)));
 *     y.yield(i);
 *   }
 * });
 * while (a.await(ticks.hasNext())) {
 *   System.out.println(ticks.next());
 * }
 * }</pre>
 *
 * <p>The body runs within the task that awaits {@link #hasNext()}, and only meanwhile. A generator that was begun and not ended
 * is closed at the end of the run, and kept until then: close one that you leave early.
 *
 * <p>The context of {@link LoopOptions#withContext} is the one of the task that awaits each {@code hasNext()}; on the
 * fallback engine, where the body has a thread of its own, it is for the whole body that of the task that awaited the first.
 *
 * <p>Origin: asynchronous generators of Python (PEP 525).
 *
 * @param <T> the type of the elements
 */
public final class AsyncGenerator<T extends @Nullable Object> implements AsyncIterator<T> {
  private final AsyncGeneratorBody<T> body;
  private final Step step = new Step(this);
  private boolean ended;
  private boolean fetched;
  private @Nullable Object element;

  private AsyncGenerator(AsyncGeneratorBody<T> body) {
    this.body = body;
  }

  /** A generator that runs the given body; nothing of it runs before the first {@code hasNext} is awaited. */
  public static <T extends @Nullable Object> AsyncGenerator<T> of(AsyncGeneratorBody<T> body) {
    return new AsyncGenerator<>(
        Objects.requireNonNull(body,
            "body must not be null: pass a lambda that takes the yielder, such as y -> y.yield(1)"));
  }

  /** A generator whose body stands in a module that does not open its package; see {@link Async#of}. */
  public static <T extends @Nullable Object> AsyncGenerator<T> of(MethodHandles.Lookup host, AsyncGeneratorBody<T> body) {
    AsyncGenerator<T> made = of(body);
    Kinds.GENERATOR.engineOf(body, Objects.requireNonNull(host, "host must not be null: pass MethodHandles.lookup()"));
    return made;
  }

  @Override
  public Awaitable<Boolean> hasNext() {
    return fetched || ended ? new Ready<>(fetched) : step;
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
    return Cast.to(next);
  }

  /**
   * Ends the body: raises a {@link GeneratorExit} where it waits, so that its {@code finally} blocks run; they may await.
   *
   * <p>What the body throws on its way out is thrown at the await. Origin: {@code aclose}.
   *
   * @return closes it when it is awaited, and not before; throws LoopStateException if the body yields instead of ending, or
   *     another task is waiting for it
   */
  @Override
  public Async<@Nullable Void> close() {
    return Async.action(
        Lookups.HERE,
        a -> {
          if (step.busy != null) {
            throw new LoopStateException(Step.BUSY);
          }
          fetched = false;
          element = null;
          if (ended || step.coroutine == null) {
            ended = true;
          } else {
            step.exit = new GeneratorExit();
            a.await(step);
          }
        });
  }

  @Override
  public String toString() {
    return "<AsyncGenerator " + (ended ? "ended" : step.coroutine == null ? "not started" : "started") + ">";
  }

  /** The body on its way to its next element, or to its end when it is closed. */
  static final class Step extends Frame<Boolean> {
    static final String BUSY = "another task is waiting for this async generator; one task at a time may use it";

    private final AsyncGenerator<?> generator;
    private @Nullable GeneratorExit exit;
    private @Nullable EventLoop busy;

    Step(AsyncGenerator<?> generator) {
      this.generator = generator;
    }

    @Override
    void claim(EventLoop loop) {
      if (busy != null || generator.ended || generator.fetched) {
        throw new LoopStateException(
            busy != null
                ? BUSY
                : "an await(generator.hasNext()) has come too late: the generator has gone on since hasNext() was called");
      }
      busy = loop;
      if (coroutine == null) {
        coroutine = Kinds.GENERATOR.start(
            generator.body,
            null,
            suspender -> {
              loop.adopt();
              return new SuspendingYielder<>(suspender);
            });
        loop.live.begun(generator);
      }
    }

    @Override
    @Nullable
    Throwable raisedAtEntry() {
      return exit;
    }

    @Override
    Object emitted(@Nullable Object element) {
      if (exit != null) {
        throw new LoopStateException(
            "the body of an async generator yielded " + element + " while it was being closed; after a GeneratorExit a body"
                + " returns or throws, so do not yield in a finally block");
      }
      busy = null;
      generator.element = element;
      generator.fetched = true;
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
      generator.ended = true;
      coroutine = null;
      if (busy != null) {
        busy.live.ended(generator);
        busy = null;
      }
    }

    @Override
    public String toString() {
      return "waiting for " + generator;
    }
  }
}
