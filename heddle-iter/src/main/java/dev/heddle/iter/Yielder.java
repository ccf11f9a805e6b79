package dev.heddle.iter;

import dev.heddle.iter.engine.ThreadYielders;
import dev.heddle.iter.spi.Suspends;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The means by which a {@link GeneratorBody} hands out its elements.
 *
 * <p>Only the body itself uses it, while it runs. A body that passes it on to another method, stores it or captures it in
 * another lambda works too, but runs on the slower engine (see {@link Generator#engineOf}); a helper that yields is better
 * written as a generator of its own and drained with {@code yieldFrom}.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("NamedLikeContextualKeyword") // Java reserves yield as a statement; y.yield(x) is a plain call
public sealed interface Yielder<T extends @Nullable Object> permits ThreadYielders.OfGenerator {

  /** Hands out one element and waits until the next is asked for. */
  @Suspends(Suspends.Kind.YIELD)
  void yield(T value);

  /**
   * Hands out each element of a source, and goes on when it has no more.
   *
   * <p>If this generator is closed meanwhile, an iterator that is {@link AutoCloseable} is closed first. Origin: PEP 380.
   *
   * @throws GeneratorException.WrongState if the source is a generator that was closed before its end
   */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iterable<? extends T> source);

  /** Hands out each remaining element of an iterator; see {@link #yieldFrom(Iterable)}. */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iterator<? extends T> source);

  /** Hands out each remaining element of an {@link Iter}, such as a generator; see {@link #yieldFrom(Iterable)}. */
  @Suspends(Suspends.Kind.DELEGATE)
  void yieldFrom(Iter<? extends T> source);

  /**
   * Hands out each element of a coroutine, and returns the coroutine's result.
   *
   * @return what the coroutine's body returned; null if it had ended before
   * @throws GeneratorException.WrongState if the coroutine was closed before its end
   */
  @Suspends(Suspends.Kind.DELEGATE)
  <R extends @Nullable Object> R yieldFrom(Coroutine<? extends T, ?, ? extends R> source);
}
