package dev.heddle.iter;

import dev.heddle.iter.stages.KeyedBucket;
import org.jspecify.annotations.Nullable;

/**
 * A source split by key into iterators that share it. Elements that one of them reads and that belong to another are kept,
 * without a bound.
 *
 * <p>Made by {@link MoreItertools#bucket}. Not thread-safe. Origin: {@code more_itertools.bucket}.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the elements
 */
public sealed interface Bucket<K extends @Nullable Object, T extends @Nullable Object> extends AutoCloseable
    permits KeyedBucket {

  /**
   * Returns an iterator over the elements with the given key. Two iterators for one key share its elements. Closing one
   * closes nothing else.
   */
  Iter<T> get(K key);

  /** Returns whether an element with the given key is left; reads the source up to the first one. */
  boolean contains(K key);

  /** Returns the keys of the elements that are left, in the order of their first elements; reads the whole source. */
  Iter<K> keys();

  /** Closes the source and drops the kept elements. */
  @Override
  void close();
}
