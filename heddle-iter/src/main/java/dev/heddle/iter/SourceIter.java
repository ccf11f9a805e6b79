package dev.heddle.iter;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An {@link Iter} over an iterable; it closes the source and its iterator if they can be closed. */
final class SourceIter<T extends @Nullable Object> implements Iter<T> {
  private final Iterable<? extends T> source;
  private final Iterator<? extends T> elements;
  private boolean closed;

  private SourceIter(Iterable<? extends T> source) {
    this.source = source;
    this.elements = source.iterator();
  }

  /** The source itself when it is an {@code Iter} already. */
  @SuppressWarnings("unchecked") // an Iter only hands elements out, so Iter<? extends T> serves as Iter<T>
  static <T extends @Nullable Object> Iter<T> over(Iterable<? extends T> source) {
    return source instanceof Iter<?> iter ? (Iter<T>) iter : new SourceIter<>(source);
  }

  @Override
  public boolean hasNext() {
    return !closed && elements.hasNext();
  }

  @Override
  public T next() {
    if (closed) {
      throw new NoSuchElementException("this Iter is closed and has no next element; make a new one from its source");
    }
    return elements.next();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Closing.close(elements, source);
    }
  }

  @Override
  public String toString() {
    return "Iter over " + source.getClass().getSimpleName();
  }
}
