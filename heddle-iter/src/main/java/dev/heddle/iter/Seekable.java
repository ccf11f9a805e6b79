package dev.heddle.iter;

import dev.heddle.iter.stages.SeekableStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that keeps the elements it has read, so that a program can go back to them.
 *
 * <p>Elements are numbered from 0, starting with the first that was read through this object. Made by {@link
 * MoreItertools#seekable}. Not thread-safe. Origin: {@code more_itertools.seekable}.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface Seekable<T extends @Nullable Object> extends Iter<T> permits SeekableStage {

  /** Returns the number of the next element. */
  long position();

  /** Returns a copy of the kept elements: all that were read, or the last {@code maxKept} of them. */
  List<T> elements();

  /**
   * Makes an element the next one. If it has not been read yet, the elements before it are read now, as far as there are
   * any.
   *
   * @param index the element's number, 0 or more
   * @throws IllegalArgumentException when the element is not kept any more
   */
  void seek(long index);

  /** Moves forward by a number of elements, or back when it is negative; not beyond the first element. */
  void relativeSeek(long distance);
}
