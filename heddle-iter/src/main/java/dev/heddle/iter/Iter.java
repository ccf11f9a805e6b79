package dev.heddle.iter;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pull iterator: a lazy, single-use sequence that computes an element only when it is asked for and that can be closed
 * before its end.
 *
 * <p>It is its own {@link Iterable}, so it can stand in a for-each loop; a second loop goes on where the first stopped, as a
 * Python iterator does. Whoever stops early calls {@link #close()}, best in a try-with-resources statement; running to the
 * end releases the source as well.
 *
 * <p>Not thread-safe: one thread at a time pulls and closes. Whether {@link #next()} blocks is said by whoever made the
 * iterator.
 *
 * <p>Origin: Python's iterator protocol ({@code iter}, {@code next}), with {@code close} as on its generators.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public interface Iter<T extends @Nullable Object> extends Iterator<T>, Iterable<T>, AutoCloseable {

  /**
   * An {@code Iter} over the elements of a source.
   *
   * @param source where the elements come from; an {@code Iter} is returned as it is, and another source that is {@link
   *     AutoCloseable} (or whose iterator is) is closed with the result
   */
  static <T extends @Nullable Object> Iter<T> from(Iterable<? extends T> source) {
    return SourceIter.over(Objects.requireNonNull(source, "source must not be null"));
  }

  /** An {@code Iter} over the given elements, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  static <T extends @Nullable Object> Iter<T> of(T... elements) {
    return from(java.util.Arrays.asList(elements));
  }

  /**
   * This iterator itself.
   *
   * <p>Single-use: a loop over it starts where the last one stopped.
   */
  @Override
  default Iterator<T> iterator() {
    return this;
  }

  /** Releases what stands behind this iterator; afterwards it has no next element. Calling it again does nothing. */
  @Override
  default void close() {}

  /** A lazy {@code Iter} of {@code fn} applied to each element; closing it closes this one. */
  default <R extends @Nullable Object> Iter<R> map(Function<? super T, ? extends R> fn) {
    return new MappedIter<>(this, Objects.requireNonNull(fn, "fn must not be null"));
  }

  /** All remaining elements in a modifiable list; this iterator is closed afterwards, also when an element fails. */
  default List<T> toList() {
    List<T> all = new ArrayList<>();
    try (this) {
      while (hasNext()) {
        all.add(next());
      }
    }
    return all;
  }

  /** The remaining elements as a sequential {@link Stream}; closing the stream closes this iterator. */
  default Stream<T> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }
}
