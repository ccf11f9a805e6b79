package dev.heddle.iter;

import java.util.Arrays;
import java.util.LinkedList;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that shows its next element without taking it, and takes elements back.
 *
 * <p>Not thread-safe. Origin: {@code more_itertools.peekable}.
 */
public final class Peekable<T extends @Nullable Object> extends Stage<T, T> {
  private final LinkedList<T> prepended = new LinkedList<>(); // not an ArrayDeque: elements may be null

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
    Check.present(elements, "elements");
    if (isClosed()) {
      throw new IllegalStateException("a closed Peekable takes no elements back; prepend before closing it");
    }
    Object ahead = ahead();
    if (ahead != NEED && ahead != END) {
      prepended.addFirst(cast(ahead));
    }
    forgetAhead();
    prepended.addAll(0, Arrays.asList(elements));
  }

  @Override
  @Nullable Object ready() {
    return prepended.isEmpty() ? NEED : prepended.removeFirst();
  }

  @Override
  @Nullable Object offer(T input) {
    return input;
  }
}
