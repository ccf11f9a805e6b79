package dev.heddle.iter;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An unmodifiable list over an array of its own, nulls allowed: the tuple of Python's functions that hand out n-tuples. */
final class Row<T extends @Nullable Object> extends AbstractList<T> implements RandomAccess {
  private final @Nullable Object[] elements;

  private Row(@Nullable Object[] elements) {
    this.elements = elements;
  }

  /** A row of a copy of the array. */
  static <T extends @Nullable Object> Row<T> copyOf(@Nullable Object[] elements) {
    return new Row<>(elements.clone());
  }

  /** A row of the chosen elements of a pool. */
  static <T extends @Nullable Object> Row<T> pick(@Nullable Object[] pool, int[] indices, int count) {
    @Nullable Object[] chosen = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = pool[indices[i]];
    }
    return new Row<>(chosen);
  }

  @Override
  public T get(int index) {
    return Pull.cast(elements[Objects.checkIndex(index, elements.length)]);
  }

  @Override
  public int size() {
    return elements.length;
  }
}
