package dev.heddle.iter;

import dev.heddle.iter.stages.PeekableStage;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that shows its next element without taking it, and to which elements can be given back.
 *
 * <p>Made by {@link MoreItertools#peekable}. Not thread-safe. Origin: {@code more_itertools.peekable}.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface Peekable<T extends @Nullable Object> extends Iter<T> permits PeekableStage {

  /**
   * Returns the next element without taking it.
   *
   * @throws java.util.NoSuchElementException when there is none
   */
  T peek();

  /** Returns the next element without taking it, or {@code other} when there is none. */
  T peekOr(T other);

  /**
   * Puts elements before the next one, in the order given.
   *
   * @throws IllegalStateException when this is closed
   */
  @SuppressWarnings("unchecked") // the array is only read
  void prepend(T... elements);
}
