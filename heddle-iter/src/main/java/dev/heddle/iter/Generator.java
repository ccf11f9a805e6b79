package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.pull.Pull;
import java.lang.invoke.MethodHandles;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An iterator made of a body that runs only while an element is asked for, and is suspended at each yield in between.
 *
 * <pre>{@code
 * for (int n : Generator.<Integer>of(y -> { for (int i = 0; ; i++) y.yield(i * i); }))
 *   if (n > 50) break;
 * }</pre>
 *
 * <p>The body runs on the thread that asks, and whatever it throws goes to that caller unchanged, also a checked exception;
 * only a {@link java.util.NoSuchElementException} becomes a {@link GeneratorException.EscapedStopIteration}, because it
 * would pass for the end. A body that has failed is closed.
 *
 * <p>A sink that makes one result of all elements ({@link #toList()}, {@link #count()}, {@link #sumLong}, {@link #reduce},
 * {@link #min}, {@link #max}, {@link #joining}, {@link #collect}) need not stop at each: a generator that has not started
 * runs straight through then, on the calling thread and with the speed of a plain loop, also what it yields from. One thing
 * is different: a function given to such a sink finds the generator running and not suspended, and must leave it alone.
 *
 * <p>{@link #close()} raises a {@link GeneratorExit} at the yield where the body waits, so that its {@code finally} blocks
 * run; a generator that is dropped without being closed is collected as garbage and they do not run.
 *
 * <p>Not thread-safe: one thread at a time asks, and handing it to another thread needs the usual safe publication. Asking
 * while the body runs fails with {@link GeneratorException.AlreadyExecuting}; between unsynchronized threads this is
 * found at best effort. Whether {@link #next()} blocks is up to the body; on the fallback engine an interrupt of the waiting
 * caller goes to the body.
 *
 * <p>Origin: Python's generators (PEP 255, 342, 380, 479).
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface Generator<T extends @Nullable Object> extends Iter<T> permits Coroutine {

  /** A generator that runs the given body; nothing of it runs before the first element is asked for. */
  static <T extends @Nullable Object> Generator<T> of(GeneratorBody<T> body) {
    return BodyKind.GENERATOR.<T, @Nullable Object, @Nullable Object>start(body, null);
  }

  /**
   * Creates a generator whose body is in a module that does not open its package to this one.
   *
   * @param host the body's {@link MethodHandles#lookup()}, with which its code is compiled
   */
  static <T extends @Nullable Object> Generator<T> of(MethodHandles.Lookup host, GeneratorBody<T> body) {
    Objects.requireNonNull(host, BodyKind.NO_HOST);
    return BodyKind.GENERATOR.<T, @Nullable Object, @Nullable Object>start(body, host);
  }

  /** An iterable of which each loop runs the body afresh, with the captured values as they are in the body. */
  static <T extends @Nullable Object> Iterable<T> iterable(GeneratorBody<T> body) {
    Objects.requireNonNull(body, BodyKind.NO_BODY);
    return () -> of(body);
  }

  /** As {@link #iterable(GeneratorBody)}, for a body in a module that does not open its package to this one. */
  static <T extends @Nullable Object> Iterable<T> iterable(MethodHandles.Lookup host, GeneratorBody<T> body) {
    Objects.requireNonNull(host, BodyKind.NO_HOST);
    Objects.requireNonNull(body, BodyKind.NO_BODY);
    return () -> of(host, body);
  }

  /** The engine that runs the given body, and why; the body is compiled if it was not yet. */
  static GeneratorEngine engineOf(GeneratorBody<?> body) {
    return BodyKind.GENERATOR.engineOf(body, null);
  }

  /** As {@link #engineOf(GeneratorBody)}, for a body in a module that does not open its package to this one. */
  static GeneratorEngine engineOf(MethodHandles.Lookup host, GeneratorBody<?> body) {
    return BodyKind.GENERATOR.engineOf(body, Objects.requireNonNull(host, BodyKind.NO_HOST));
  }

  /** Whether there is another element; runs the body to its next yield, and keeps what it yields for {@link #next()}. */
  @Override
  boolean hasNext();

  /**
   * The next element; runs the body to its next yield.
   *
   * @throws StopIteration if the body has ended
   * @throws GeneratorException.AlreadyExecuting if the body is running
   */
  @Override
  T next();

  /**
   * This generator itself: a loop over it goes on where the last one stopped.
   *
   * @throws GeneratorException.WrongState if it has ended, or was closed before its end: a generator runs once, {@link
   *     #iterable} as often as one likes
   */
  @Override
  Iterator<T> iterator();

  /**
   * Gives each remaining element to an action; unlike {@link #forEach} it is given none by a generator that has ended.
   *
   * @throws GeneratorException.WrongState if it was closed before its end
   */
  @Override
  default void forEachRemaining(Consumer<? super T> action) {
    Pull.over(this).forEachRemaining(Check.notNull(action, "action"));
  }

  /** Where the run stands. */
  GeneratorState state();

  /** The coroutine or iterator which a {@code yieldFrom} of the body is draining; null if there is none. */
  @Nullable
  Object delegate();

  /**
   * Ends the body: raises a {@link GeneratorExit} where it waits; a body that was never started does not run at all.
   *
   * <p>A second call does nothing. What the body throws on its way out, other than the {@link GeneratorExit}, goes to the
   * caller. A delegate is closed first.
   *
   * @throws GeneratorException.IgnoredExit if the body yields instead of ending; it is suspended there
   * @throws GeneratorException.AlreadyExecuting if the body is running
   */
  @Override
  void close();
}
