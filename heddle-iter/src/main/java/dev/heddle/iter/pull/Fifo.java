package dev.heddle.iter.pull;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A queue of elements, nulls included. */
public final class Fifo<T extends @Nullable Object> {
  private static final Object NULL = new Object();

  private final ArrayDeque<Object> elements = new ArrayDeque<>();

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  /** Puts an element at the end; true, as a sink answers that wants more. */
  public boolean add(T element) {
    return elements.add(element == null ? NULL : element);
  }

  /** Puts an element before all others. */
  public void addFirst(T element) {
    elements.addFirst(element == null ? NULL : element);
  }

  /** Drops all elements. */
  public void clear() {
    elements.clear();
  }

  /** Takes the first element; there must be one. */
  public T remove() {
    Object element = elements.remove();
    return Pull.cast(element == NULL ? null : element);
  }
}
