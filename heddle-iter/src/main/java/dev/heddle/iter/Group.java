package dev.heddle.iter;

import dev.heddle.iter.stages.GroupMembers;
import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive elements with equal keys, made by {@code groupBy}.
 *
 * <p>A group reads from the same source as the iterator over the groups. When {@code hasNext} or {@code next} of that
 * iterator looks for the next group, the elements of this one that were not read are skipped, and this group has no more:
 * collect with {@link #toList()} what is needed later. Closing a group closes nothing else.
 *
 * <p>Not thread-safe. Origin: {@code itertools.groupby}.
 *
 * @param <K> the type of the key
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public sealed interface Group<K extends @Nullable Object, T extends @Nullable Object> extends Iter<T>
    permits GroupMembers {

  /** Returns the key that all elements of the group have. */
  K key();
}
