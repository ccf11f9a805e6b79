package dev.heddle.iter;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that shows its next element without taking it, and takes elements back.
 *
 * <p>Not thread-safe. Origin: {@code more_itertools.peekable}.
 */
public final class Peekable<T extends @Nullable Object> extends Stage<T, T> {
  private final Fifo<T> prepended = new Fifo<>();

  Peekable(Pull<? extends T> up) {
    super(up);
  }

  /**
   * The next element, which stays the next.
   *
   * @throws java.util.NoSuchElementException when there is none
   */
  public T peek() {
    if (!hasNext()) {
      throw exhausted(!isClosed());
    }
    return cast(ahead());
  }

  /** The next element, which stays the next, or another value when there is none. */
  public T peekOr(T other) {
    return hasNext() ? cast(ahead()) : other;
  }

  /**
   * Puts elements before the next one, the first given to come first.
   *
   * @throws IllegalStateException when this is closed
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final void prepend(T... elements) {
    Check.notNull(elements, "elements");
    if (isClosed()) {
      throw new IllegalStateException("a closed Peekable takes no elements back; prepend before closing it");
    }
    Object ahead = ahead();
    if (ahead != NEED && ahead != END) {
      prepended.addFirst(cast(ahead));
    }
    forgetAhead();
    for (int i = elements.length - 1; i >= 0; i--) {
      prepended.addFirst(elements[i]);
    }
  }

  @Override
  @Nullable
  Object ready() {
    return prepended.isEmpty() ? NEED : prepended.remove();
  }

  @Override
  @Nullable
  Object offer(T input) {
    return input;
  }
}
