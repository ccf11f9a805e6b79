package dev.heddle.iter;

import dev.heddle.iter.engine.ThreadYielders;
import dev.heddle.iter.spi.Suspends;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The means by which a {@link CoroutineBody} exchanges values with its driver.
 *
 * <p>Only the body itself uses it, while it runs; see {@link Yielder}.
 *
 * @param <Y> the type of what the body yields
 * @param <S> the type of what it is sent
 */
@SuppressWarnings("NamedLikeContextualKeyword") // Java reserves yield as a statement; y.yield(x) is a plain call
public sealed interface CoroutineYielder<Y extends @Nullable Object, S extends @Nullable Object>
    permits ThreadYielders.OfCoroutine {

  /**
   * Hands out a value, waits, and returns what the driver sends.
   *
   * @return the argument of {@link Coroutine#send}; null if the driver went on with {@code next}
   */
  @Suspends(Suspends.Kind.YIELD)
  S yield(Y value);

  /**
   * Hands out each element of a source, and goes on when it has no more.
   *
   * <p>An exception that the driver raises meanwhile surfaces at this call, and so does an error if the driver sends a
   * value: a plain iterator takes none. Origin: PEP 380.
   *
   * @throws GeneratorException.WrongState if the source is a generator that was closed before its end
   */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iterable<? extends Y> source);

  /** Hands out each remaining element of an iterator; see {@link #yieldFrom(Iterable)}. */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iterator<? extends Y> source);

  /** Hands out each remaining element of an {@link Iter}, such as a generator; see {@link #yieldFrom(Iterable)}. */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iter<? extends Y> source);

  /**
   * Lets another coroutine talk to the driver in place of this one until it ends, and returns its result.
   *
   * <p>What the driver sends, raises and closes goes to it. Origin: PEP 380, {@code result = yield from source}.
   *
   * @return what the coroutine's body returned; null if it had ended before
   * @throws GeneratorException.WrongState if the coroutine was closed before its end
   */
  @Suspends(Suspends.Kind.DELEGATE)
  <R extends @Nullable Object> R yieldFrom(Coroutine<? extends Y, ? super S, ? extends R> source);
}
