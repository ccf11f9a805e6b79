package dev.heddle.iter;

import dev.heddle.iter.engine.AbstractCoroutine;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A generator that also receives: at each yield its body hands out a value and waits for one, and in the end returns a
 * result.
 *
 * <pre>{@code
 * Coroutine<Integer, Integer, Void> c = Coroutine.of(y -> {
 *   int got = y.yield(100);
 *   y.yield(100 + got);
 *   return null;
 * });
 * c.next();     // 100: runs to the first yield
 * c.send(200);  // 300: 200 is the value of the first yield
 * c.close();
 * }</pre>
 *
 * <p>Thread-safety, blocking and errors are those of {@link Generator}.
 *
 * <p>Origin: Python's generator-based coroutines (PEP 342, 380).
 *
 * @param <Y> the type of what it yields
 * @param <S> the type of what it is sent
 * @param <R> the type of its result
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface Coroutine<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
    extends
      Generator<Y>
    permits AbstractCoroutine {

  /** A coroutine that runs the given body; nothing of it runs before the first {@code next}. */
  static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<Y, S, R> of(
      CoroutineBody<Y, S, R> body) {
    return BodyKind.COROUTINE.<Y, S, R>start(body, null);
  }

  /** Creates a coroutine whose body is in a module that does not open its package; see {@link Generator#of}. */
  static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Coroutine<Y, S, R> of(
      MethodHandles.Lookup host, CoroutineBody<Y, S, R> body) {
    Objects.requireNonNull(host, BodyKind.NO_HOST);
    return BodyKind.COROUTINE.<Y, S, R>start(body, host);
  }

  /** The engine that runs the given body, and why; the body is compiled if it was not yet. */
  static GeneratorEngine engineOf(CoroutineBody<?, ?, ?> body) {
    return BodyKind.COROUTINE.engineOf(body, null);
  }

  /** As {@link #engineOf(CoroutineBody)}, for a body in a module that does not open its package to this one. */
  static GeneratorEngine engineOf(MethodHandles.Lookup host, CoroutineBody<?, ?, ?> body) {
    return BodyKind.COROUTINE.engineOf(body, Objects.requireNonNull(host, BodyKind.NO_HOST));
  }

  /**
   * Goes on with the body and makes {@code value} the value of the yield where it waits.
   *
   * @return what the body yields next
   * @throws StopIteration if the body ends instead; it carries the result
   * @throws GeneratorException.NotStarted if the body has not reached a yield yet and {@code value} is not null
   * @throws GeneratorException.WrongState if {@code hasNext} has fetched an element that was not taken yet
   * @throws GeneratorException.AlreadyExecuting if the body is running
   */
  Y send(S value);

  /**
   * Goes on with the body and throws {@code exception} at the yield where it waits.
   *
   * <p>If the body does not catch it, or was not started, or has ended, it comes back to the caller, unchanged and with its
   * own stack trace, and the coroutine is closed. Origin: Python's {@code throw}, a reserved word in Java.
   *
   * @return what the body yields next
   * @throws StopIteration if the body catches it and ends; it carries the result
   * @throws GeneratorException.WrongState if {@code hasNext} has fetched an element that was not taken yet
   * @throws GeneratorException.AlreadyExecuting if the body is running
   */
  Y raise(Throwable exception);

  /**
   * What the body has returned, also when it returned because of {@link #close()}.
   *
   * @throws GeneratorException.WrongState if it has not returned: it is not at its end, has failed or was closed
   */
  R result();
}
