package dev.heddle.iter.pull;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable list of its own elements, nulls allowed: the tuple of Python's functions that hand out n-tuples. Another
 * process gets a list of the JDK.
 */
@SuppressWarnings("serial") // the fields are never serialized
public abstract sealed class Row<T extends @Nullable Object> extends AbstractList<T> implements RandomAccess, Serializable {

  /** Returns the list that is serialized in place of this one. */
  Object writeReplace() {
    return Collections.unmodifiableList(new ArrayList<>(this));
  }

  /** A row of a copy of the array. */
  public static <T extends @Nullable Object> Row<T> copyOf(@Nullable Object[] elements) {
    return switch (elements.length) {
      case 2 -> new OfTwo<>(elements[0], elements[1]);
      case 3 -> new OfThree<>(elements[0], elements[1], elements[2]);
      default -> new OfAny<>(elements.clone());
    };
  }

  /** A row of the chosen elements of a pool. */
  public static <T extends @Nullable Object> Row<T> pick(@Nullable Object[] pool, int[] chosen) {
    if (chosen.length == 2) {
      return new OfTwo<>(pool[chosen[0]], pool[chosen[1]]);
    }
    if (chosen.length == 3) {
      return new OfThree<>(pool[chosen[0]], pool[chosen[1]], pool[chosen[2]]);
    }
    @Nullable
    Object[] elements = new @Nullable Object[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      elements[i] = pool[chosen[i]];
    }
    return new OfAny<>(elements);
  }

  /** A row of one chosen element of each pool. */
  public static <T extends @Nullable Object> Row<T> pick(@Nullable Object[][] pools, int[] chosen) {
    if (chosen.length == 2) {
      return new OfTwo<>(pools[0][chosen[0]], pools[1][chosen[1]]);
    }
    if (chosen.length == 3) {
      return new OfThree<>(pools[0][chosen[0]], pools[1][chosen[1]], pools[2][chosen[2]]);
    }
    @Nullable
    Object[] elements = new @Nullable Object[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      elements[i] = pools[i][chosen[i]];
    }
    return new OfAny<>(elements);
  }

  /** A row without an array takes half the memory, or none where the JIT compiler can do without the object. */
  private static final class OfTwo<T extends @Nullable Object> extends Row<T> {
    private final @Nullable Object first;
    private final @Nullable Object second;

    OfTwo(@Nullable Object first, @Nullable Object second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public T get(int index) {
      return Pull.cast(Objects.checkIndex(index, 2) == 0 ? first : second);
    }

    @Override
    public int size() {
      return 2;
    }
  }

  private static final class OfThree<T extends @Nullable Object> extends Row<T> {
    private final @Nullable Object first;
    private final @Nullable Object second;
    private final @Nullable Object third;

    OfThree(@Nullable Object first, @Nullable Object second, @Nullable Object third) {
      this.first = first;
      this.second = second;
      this.third = third;
    }

    @Override
    public T get(int index) {
      return Pull.cast(
          switch (Objects.checkIndex(index, 3)) {
            case 0 -> first;
            case 1 -> second;
            default -> third;
          });
    }

    @Override
    public int size() {
      return 3;
    }
  }

  private static final class OfAny<T extends @Nullable Object> extends Row<T> {
    private final @Nullable Object[] elements;

    OfAny(@Nullable Object[] elements) {
      this.elements = elements;
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
}
